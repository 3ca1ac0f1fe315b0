/** Everything that can go wrong in AutoCoder itself: what it is called, why it happens, how it is mended. */
export const errorCodes = {
  internal: [
    'A fault of ours',
    'Something happened that the code did not foresee.',
    'Tell the maintainers, with the trace id; the log has the details.',
  ],
  'config-invalid': [
    'Wrong configuration',
    'An environment variable has a value that cannot be used.',
    'Mend the variable; .env.example explains each of them.',
  ],
  'data-unusable': [
    'Data directory cannot be written',
    'The directory of AUTOCODER_DATA cannot be made or written.',
    'Give it to your user, or choose another directory with AUTOCODER_DATA.',
  ],
  'web-chat-away': [
    'No bot with a web chat',
    'A command needs the running bot of this data directory, and there is none, or it shows no web chat.',
    'Run npm start first, with the same AUTOCODER_DATA.',
  ],
  'web-port': [
    'Port of the web chat taken',
    'Another program listens on the port of the web chat, or it may not be had.',
    'Stop that program, or set WEB_PORT to another port (0 for any).',
  ],
  'python-missing': [
    'No Python environment',
    'The environment that checks and runs generated systems is not there.',
    'Run npm start, whose set-up makes it; or mend AUTOCODER_PYTHON where that is set.',
  ],
  'data-in-use': [
    'Data directory in use',
    'Another process works in this data directory, and an embedded database has one owner.',
    'Stop that process, or choose another directory with AUTOCODER_DATA.',
  ],
  'backup-empty': [
    'Nothing to back up',
    'The bot has never run on this data directory and database.',
    'Check AUTOCODER_DATA and DATABASE_URL: they must be those with which the bot runs.',
  ],
  'backup-failed': [
    'Backup not written',
    'The archive could not be written, or what it should hold changed while it was read.',
    'Do what the message says and run it again; half an archive is never left.',
  ],
  'archive-unreadable': [
    'Archive not read',
    'The file of a backup is not there or may not be read.',
    'Name a file that npm run backup wrote.',
  ],
  'archive-damaged': [
    'Archive damaged',
    'A backup is not, byte for byte, what was written.',
    'Use another copy of it or another backup; nothing was changed.',
  ],
  'archive-unknown': [
    'Archive of another release',
    'A newer release wrote the backup.',
    'Restore it with the release that wrote it, or a newer one.',
  ],
  'restore-failed': [
    'Nothing restored',
    'The disk or the database refused what the backup holds.',
    'Mend what the message names and run it again; everything is as it was before.',
  ],
  'restore-target-full': [
    'Not empty',
    'A backup is restored into an empty data directory and database.',
    'Choose empty ones, or say --replace: then what is there is put aside first.',
  ],
  'restore-unfinished': [
    'Restore interrupted',
    'A restore was ended while it put things in place.',
    'Run the same npm run restore again: it brings everything to the one state or the other.',
  ],
  'store-unreachable': [
    'Database away',
    'PostgreSQL did not answer.',
    'Check DATABASE_URL and the server; work goes on by itself when it answers.',
  ],
  'queue-unreachable': [
    'Queue away',
    'Redis did not answer.',
    'Check REDIS_URL and the server; work goes on by itself when it answers.',
  ],
  'worker-without-redis': [
    'Worker without Redis',
    'A worker of its own was started and REDIS_URL is not set.',
    'Set REDIS_URL and DATABASE_URL, or run npm start alone.',
  ],
  'job-invalid': [
    'Job of another release',
    'A job in the queue does not have the shape that this release writes.',
    'Restart the workers, so that all of them are of one release.',
  ],
  'work-crashed': [
    'The work ended its process',
    'A job took its process down several times.',
    'Look at the log before the crash; the machine may be short of memory.',
  ],
  'file-unreadable': [
    'File not read',
    'A file or an address that a message names could not be read.',
    'Check the path or the address, and send the message again.',
  ],
  'event-invalid': [
    'Message not understood',
    'A client sent something that is no message.',
    'Reload the page or update the client.',
  ],
  'terminal-request-invalid': [
    'Terminal out of step',
    'The terminal and the bot speak different versions.',
    'Run both from the same checkout.',
  ],
  'rate-limited': [
    'Asked to slow down',
    'The chat platform takes no more messages for the moment.',
    'Nothing: it is shown as soon as the platform takes it.',
  ],
  'seal-broken': [
    'Token not readable',
    'A stored token was sealed with a key that is not there, or was changed.',
    'Add the earlier key to AUTOCODER_KEYS, or install the app in the workspace again.',
  ],
  'thread-away': [
    'Nobody in the thread',
    'No terminal is attached to the conversation.',
    'Attach again: what was said is kept.',
  ],
  'platform-away': [
    'Chat platform away',
    'The platform did not answer, or only with an error of its own.',
    'Nothing: it is tried again; look at the status page of the platform where it lasts.',
  ],
  'platform-refused': [
    'Chat platform refused',
    'The platform does not let the bot do this: a token, a scope, a channel or a message is not right.',
    'Run npm run doctor, which names what is missing; invite the bot to the channel.',
  ],
  'bot-away': [
    'Bot away',
    'The bot that the terminal spoke to ended.',
    'Start it again; nothing that it accepted is lost.',
  ],
  'blueprint-invalid': [
    'Blueprint with problems',
    'The checks found problems in the blueprint.',
    'Mend what the list names.',
  ],
  'git-missing': ['No git', 'git is not installed.', 'Install it: apt-get install git.'],
  'git-failed': [
    'Repository not usable',
    'git could not read or write the repository of a system.',
    'Check disk space and rights, then try again.',
  ],
  'repository-busy': [
    'Repository busy',
    'The repository changed faster than the build could be written.',
    'Build again in a moment.',
  ],
  'repository-link': [
    'Link in the repository',
    'A system consists of plain files.',
    'Replace the link by a file on main and build again.',
  ],
  'merge-conflict': [
    'Hand edits and generated code disagree',
    'People and the compilers changed the same lines.',
    'Merge the branch generated into main by hand, push, and build again.',
  ],
  'migration-needs-default': [
    'Rows without a value',
    'A new required field has no default, and the rows that exist have no value for it.',
    'Give the field a default, or make it optional.',
  ],
  'tool-missing': [
    'Tool missing',
    'A program of the Python environment could not be started.',
    'Run the set-up again: npm start does it.',
  ],
  'migrations-damaged': [
    'Migrations were edited',
    'The chain of migrations is not what the builds wrote.',
    'Bring the named file back as the last build tag has it.',
  ],
  'generated-invalid': [
    'Generated code not valid',
    'A compiler of ours wrote Python that cannot be read.',
    'Tell the maintainers, with the blueprint.',
  ],
  'check-failed': [
    'A check did not pass',
    'The ladder of checks found a fault, so nothing was deployed.',
    'See what the check says; change the request or the code on main.',
  ],
  'release-unproven': ['Release without checks', 'A release is only made of what passed every check.', 'Build again.'],
  'release-damaged': [
    'Release was edited',
    'A release folder is not what was written.',
    'Build again; change main in the repository instead.',
  ],
  'deploy-absent': ['Not deployed', 'The system has no deployment here.', 'Build it, or list the builds.'],
  'deploy-database': [
    'Systems database away',
    'The PostgreSQL server for generated systems is missing or refused.',
    'Check SYSTEMS_DATABASE_URL and the rights of its user.',
  ],
  'deploy-failed': [
    'Step failed',
    'A step of the deployment failed; what ran before still runs.',
    'Read what the step says, mend it, build again.',
  ],
  'deploy-port': [
    'Port taken',
    'Another program uses the port, or none is free.',
    'End that program, then start the system again.',
  ],
  'deploy-record': [
    'Deployment record unreadable',
    'A file of the deployment was damaged.',
    'Deploy again; data and secrets are untouched.',
  ],
  'deploy-supervisor': [
    'Supervisor gone',
    'The process that keeps the systems running ended or does not start.',
    'Try again; npm run doctor says what is missing.',
  ],
  'deploy-unhealthy': [
    'New release not healthy',
    'The new release did not become ready; what ran before still runs.',
    'Read the last lines of its log, which the message quotes.',
  ],
  'nothing-deployed': ['Never deployed', 'The system has no build that ran.', 'Approve its blueprint first.'],
  'nothing-earlier': [
    'No earlier version',
    'There is no build before this one.',
    'Nothing to do: the first build is what runs.',
  ],
  'system-removed': ['System removed', 'The system was removed.', 'Build it anew.'],
} as const satisfies { [code: string]: readonly [title: string, cause: string, fix: string] }

export type ErrorCode = keyof typeof errorCodes
