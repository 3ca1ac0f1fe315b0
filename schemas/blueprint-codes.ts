/** Every problem that a blueprint can have: what it is called, why it matters, how it is mended. */
export const blueprintCodes = {
  'blueprint-too-large': ['Too large', 'The file is larger than a blueprint can be.', 'Split the system into several.'],
  'blueprint-too-deep': ['Too deep', 'The file nests deeper than any blueprint.', 'Write it flatter.'],
  'yaml-syntax': ['Not YAML', 'The file is not well-formed YAML.', 'Mend the YAML at this place.'],
  'yaml-alias': [
    'Alias',
    'An alias makes a file say something other than what a person reads.',
    'Write the value out where it is used.',
  ],
  'yaml-key': [
    'Bad key',
    'A key is not plain text, or a name that JavaScript keeps for itself.',
    'Use a plain word as the key.',
  ],
  'yaml-duplicate-key': ['Doubled key', 'Of two equal keys only one could count.', 'Keep one of the two.'],
  schema: [
    'Wrong shape',
    'A value is missing, unknown or of the wrong kind.',
    'See the JSON Schema for the shape at this place.',
  ],

  'reserved-name': ['Reserved name', 'The name is needed by the system itself.', 'Choose another name.'],
  'unknown-component': [
    'Unknown component',
    'A name refers to a component that is not there.',
    'Mend the name, or add the component.',
  ],
  'unknown-port': [
    'Unknown port',
    'A name refers to a port that the component does not have.',
    'Mend the name, or add the port.',
  ],
  'unknown-model': ['Unknown model', 'A name refers to a model that is not there.', 'Mend the name, or add the model.'],
  'unknown-type': ['Unknown type', 'A name refers to a type that is not there.', 'Mend the name, or add the type.'],
  'unknown-field': [
    'Unknown field',
    'A name refers to a field that the model does not have.',
    'Mend the name, or add the field.',
  ],

  'model-key': [
    'No key',
    'A row is found by its key: every model has exactly one, a uuid.',
    'Add `id: {type: uuid, key: true}` and no other key.',
  ],
  'ref-target': ['Reference to a non-key', 'A reference finds a row by its key.', 'Refer to the key of the model.'],
  'ref-cycle': [
    'Models refer in a circle',
    'Neither could be stored before the other.',
    'Remove one of the references, or put a model between them.',
  ],
  'on-delete': [
    'Contradicting onDelete',
    'set-null needs an optional reference; other types have no onDelete.',
    'Make the reference optional, or choose cascade or restrict.',
  ],
  'enum-values': [
    'Enum without values',
    'An enum is its values; other types have none.',
    'Write `values`, or change the type.',
  ],
  'casing-clash': [
    'Same name outside',
    'With `http.casing: camel` two fields of a model are written alike.',
    'Rename one of the two.',
  ],
  'file-rules': [
    'File without rules',
    'A file belongs to a row, and says how large it may be, of which kinds, and how long links are good; other types do not.',
    'Write `file: {maxBytes, types, linkMinutes}` on a field of type file of a model.',
  ],
  'field-limits': ['Contradicting limits', 'min is above max, or the type has no such limit.', 'Mend min and max.'],
  'field-default': [
    'Default does not fit',
    'The default is not a value that the field accepts.',
    'Give a default of the type and within the limits.',
  ],
  'field-set': [
    'Wrong use of set',
    'The system writes only times, and a client cannot.',
    'Use `set: created` or `set: updated` on a required datetime without default.',
  ],
  'field-numbers': [
    'A number that cannot run',
    'A running number is an int, or a string with `numbers.as`, of a model; the system alone gives it.',
    'Use `set: numbered` on an int without limits and default, or on a string with `numbers: {as: "T-{number:4}"}`; `per` names references of the same model.',
  ],
  'field-unique': [
    'Unique without telling apart',
    'A list, an object, a yes or no and an enum cannot be different in every row.',
    'Remove `unique`, or list it with other fields in the model’s `unique`.',
  ],
  'field-made': [
    'A value that cannot be made',
    'A slug is made from a text of the same model that is shown; only a code has a length.',
    'Name such a text in `from`, or change the type.',
  ],
  'type-cycle': [
    'Types that hold themselves',
    'An object that holds one of its own kind would never end.',
    'Remove one of the fields.',
  ],
  'field-scale': [
    'Scale without decimal',
    'Only decimals have digits after the point to count.',
    'Remove `scale`, or use decimal.',
  ],
  'column-clash': [
    'Two fields, one column',
    'Two fields or models would be stored in the same place.',
    'Give each its own column, table and plural.',
  ],
  'secret-shown': [
    'A secret could be shown',
    'A secret field must never be in a response or a log, nor in an output, filter, sort or search.',
    'Write `never: [log, response]`, and take it out of outputs and lists.',
  ],
  readers: [
    'Readers that cannot be',
    'Who alone sees a field is a role, @own, or @ and a reference to the accounts; what others need of the field must not depend on it.',
    'Name such readers, and make the field optional or give it a default.',
  ],
  'readers-leak': [
    'A hidden field could be told',
    'What only some see must not reach others by a list, a report, a computed value, a message or an answer.',
    'Take the field out there, or remove its readers.',
  ],
  'roles-field': [
    'Wrong roles field',
    'The account model has one field of type roles whose default names existing roles; with a choice, a registration says in role which one.',
    'Put one such field on the account model only, and with a choice an enum role of these roles and all into what one sends to sign up.',
  ],

  'computed-value': [
    'Value that cannot be computed',
    'A computed value is an expression, or an aggregate of the rows whose reference names the row, in the type that comes out.',
    'Name the reference as Model.reference, give the field that is added up or compared, and the type that the help names.',
  ],
  expression: [
    'Wrong expression',
    'It is not CEL, names something that is not there, mixes types, or says what cannot be translated.',
    'Mend the expression; pipeline/expressions/README.md lists what there is.',
  ],
  'expression-missing': [
    'A value that may be missing',
    'The value may be null, and what it is for needs one.',
    'Say what it is otherwise, such as `x == null ? 0 : x`, require it before, or make the field optional.',
  ],
  zone: ['Unknown time zone', 'Days begin at different moments in different zones.', 'Name one such as Europe/Berlin.'],
  'rule-shape': [
    'Rule that cannot hold',
    'A rule is exactly one of check, unique, exclude and limit, with a name of its own, about fields of fitting types.',
    'Mend the rule.',
  ],
  'states-shape': [
    'States that are none',
    'States are the values of an enum with a default; transitions lead from one to another.',
    'Name an enum with a default, and its values.',
  ],
  'state-unreachable': [
    'State that nothing leads to',
    'Only transitions change a state, and none leads here from the first.',
    'Add a transition to it, or remove the value.',
  ],
  'hook-cycle': [
    'Hooks that go on for ever',
    'What goes along with a change leads back to it, and nothing shows that it ends.',
    'Do it only where a value has just changed (`when: this.x != was.x`), or leave one of the steps out.',
  ],
  step: [
    'Step that cannot be done',
    'A step does exactly one thing, to rows that are known by then, through ports of its component, with all values that are needed.',
    'Mend the step, or give the component the port.',
  ],
  take: [
    'Step that cannot be taken',
    'A step takes a row through a transition of its model that needs nothing sent; by itself only through one that does not ask who does it.',
    'Name a transition of the row without `in`, where nobody is the caller also without `me.id == ...` in what it requires.',
  ],
  answer: [
    'Answer that cannot be given',
    'An answer is exactly one of a row that is there, values of the type `out`, and a redirect.',
    'Mend the answer.',
  ],
  view: [
    'Report that cannot be made',
    'A report is of a model that the component stores; its columns have names of their own and types that can be added up or compared.',
    'Mend the report.',
  ],
  toggle: [
    'Toggle that cannot be switched',
    'A toggle is a model with one reference to what is toggled and one to the account, unique together, and nothing else that must be given.',
    'Mend the model, or the names in the toggle.',
  ],
  'http-options': [
    'Options that exclude each other',
    'One of the options for answers has no meaning beside the other.',
    'Remove one of them.',
  ],
  'toggle-shape': [
    'Toggle without its rows',
    'A toggle keeps a row for each caller and object: a model with references to both, unique together, that the component reaches.',
    'Add the model with both references, their `unique`, nothing else that must be given, and an out port of its store.',
  ],
  'expand-name': [
    'Nothing to embed under this name',
    'What can be embedded is what a reference names (without _id), or the children under the plural of their model; a port says who may see them.',
    'Name a reference without _id, or the plural of a model that refers to this one and has a port to read or list it.',
  ],
  'isolated-component': [
    'Isolated component',
    'A component without ports takes part in nothing.',
    'Give it ports, or remove it.',
  ],
  'model-owners': [
    'Two owners',
    'One model, one store, one component that writes it.',
    'Let the others ask the owner through a port.',
  ],
  'link-direction': ['Link in the wrong direction', 'A link goes from an out port to an in port.', 'Turn it round.'],
  'link-kind': [
    'Link between different kinds',
    'rpc speaks to rpc, store to store, of the same model.',
    'Link ports that fit.',
  ],
  'link-operation': [
    'Operation not offered',
    'The port asks for an operation that its target does not offer.',
    'Offer it, or ask for less.',
  ],
  'unlinked-output': [
    'Need without a provider',
    'An out port that is linked to nothing, or to two things, would fail when it is used.',
    'Link it to exactly one in port.',
  ],
  'unused-input': [
    'Port that nobody can reach',
    'An in port that is neither linked, exposed nor optional does nothing.',
    'Expose it, link it, or mark it optional.',
  ],
  'sync-cycle': ['Calls in a circle', 'Components that wait for each other can wait for ever.', 'Break the circle.'],
  'port-shape': [
    'Incomplete port',
    'An rpc port has crud or ops; its parent and owner name reference fields of its model.',
    'Complete the port.',
  ],
  'listing-field': [
    'List option does not fit',
    'Filters, ranges, sorts and searches need fields of fitting types; the order must be one of the sorts.',
    'Mend the list options.',
  ],
  'no-behaviour': [
    'Operation without behaviour',
    'Only standard operations and those of the account issuer can be built.',
    'Use crud, or an operation of the issuer.',
  ],
  'event-type': [
    'Event that nobody hears of',
    'An event is heard of by in ports of its type; ports of type any belong to channels, which only pass on.',
    'Link an in port of the same type, directly or through a channel.',
  ],
  'timer-schedule': [
    'Timer without a time',
    'A timer has a cron line (minute hour day month weekday, in a time zone) or a number of seconds.',
    'Mend cron, every or zone.',
  ],
  webhook: [
    'Webhook that cannot be called',
    'What is called from outside is sent with POST, and its id is part of what is sent.',
    'Use POST, and give the operation a type for its body.',
  ],

  'exposed-kind': ['Cannot be exposed', 'Only in ports of kind rpc can be exposed.', 'Expose an rpc in port.'],
  'path-clash': [
    'Path used twice',
    'A request could mean two things.',
    'Give each port its own path, not one that the system uses itself.',
  ],
  'no-access': [
    'Nobody may use it',
    'An exposed operation has neither a role that may call it nor `public`.',
    'Grant it to a role, or make it public.',
  ],
  'grant-operation': ['Grant of nothing', 'A grant names an operation that the port does not have.', 'Mend the grant.'],
  'grant-scope': [
    'Grant with a wrong scope',
    '@own needs a port with owner; @field a reference to the account model, or for the role of API keys to their model.',
    'Name the owner, or remove the scope.',
  ],
  'grant-parent': [
    'Grant through no parent',
    '@parent limits standard operations to objects whose parent the caller may read: the port needs a parent, a linked out port that reads it, and a role that may.',
    'Give the port a `parent`, read it through a linked out port with the same `field`, let the role read the parent, or remove the scope.',
  ],
  'keys-role': [
    'API keys without a role of their own',
    'What signs in with an API key acts in a role that neither people nor other models have.',
    'Add the role to policies.roles, and give it to no other model.',
  ],
  'authn-missing': [
    'Roles without sign-in',
    'Roles, owners and signed-in operations need accounts.',
    'Add policies.authn and an account component.',
  ],

  'digest-mismatch': [
    'Another architecture',
    'The deployment names the digest of another architecture.',
    'Plan the deployment anew for this architecture.',
  ],
  placement: ['Component not placed once', 'Every component runs in exactly one service.', 'Place it once.'],
  binding: [
    'Store not bound',
    'Every store, and nothing else, is bound to an engine; postgres names its secret.',
    'Bind it.',
  ],
  'binding-split': [
    'References across databases',
    'A reference between models is held by one database.',
    'Bind the stores to the same database.',
  ],
} as const satisfies { [code: string]: readonly [title: string, cause: string, fix: string] }

export type BlueprintCode = keyof typeof blueprintCodes
