/** A verb by which people put a mark on something, and the names that come of it. */
export type Mark = {
  /** The operation's name, and how people say it. */
  on: string
  off: string
  /** Who or what did so: the list's name. */
  members: string
  /** The model's last word. */
  link: string
  /** The yes or no of the caller. */
  done: string
  /** What is counted. */
  count: string
}

const regular = (on: string, noun: string, done: string, off = `un${on}`): Mark => ({
  on,
  off,
  members: `${noun}s`,
  link: noun,
  done,
  count: `${noun}s_count`,
})

const marks: Readonly<Record<string, Mark>> = {
  like: regular('like', 'like', 'liked'),
  favourite: regular('favourite', 'favourite', 'favourited'),
  favorite: regular('favorite', 'favorite', 'favorited'),
  bookmark: regular('bookmark', 'bookmark', 'bookmarked'),
  star: regular('star', 'star', 'starred'),
  heart: regular('heart', 'heart', 'hearted'),
  save: regular('save', 'save', 'saved'),
  clap: regular('clap', 'clap', 'clapped'),
  upvote: regular('upvote', 'upvote', 'upvoted', 'withdraw_upvote'),
  vote: regular('vote', 'vote', 'voted', 'withdraw_vote'),
  wish: regular('wish', 'wish', 'wished'),
  endorse: regular('endorse', 'endorsement', 'endorsed', 'withdraw_endorsement'),
  recommend: regular('recommend', 'recommendation', 'recommended', 'withdraw_recommendation'),
  support: regular('support', 'supporter', 'supported', 'withdraw_support'),
  follow: regular('follow', 'follower', 'following'),
  watch: regular('watch', 'watcher', 'watching'),
  subscribe: regular('subscribe', 'subscriber', 'subscribed', 'unsubscribe'),
  join: { ...regular('join', 'member', 'joined', 'leave'), link: 'membership' },
  attend: { ...regular('attend', 'attendee', 'attending', 'cancel_attendance'), link: 'attendance' },
  rsvp: regular('rsvp', 'rsvp', 'attending', 'cancel_rsvp'),
  block: regular('block', 'block', 'blocked'),
  mute: regular('mute', 'mute', 'muted'),
  react: regular('react', 'reaction', 'reacted', 'withdraw_reaction'),
}

/** Verbs that say this and nothing else; the others (join, watch, support) may as well leave rows of their own. */
export const sureMarks =
  'like|favourite|favorite|bookmark|star|heart|upvote|follow|clap|up-vote|thumbs? up|endorse|fave|unlike|unfollow|favou?rise|wishlist'

const spelled: Readonly<Record<string, string>> = {
  'up-vote': 'upvote',
  fave: 'favourite',
  favourise: 'favourite',
  favorise: 'favorite',
  wishlist: 'wish',
  'thumb up': 'like',
  'thumbs up': 'like',
  'vote for': 'vote',
  'vote on': 'vote',
  'subscribe to': 'subscribe',
  'sign up for': 'attend',
}

/** Returns the names of a verb or of its noun: "likes", "followers", "vote for". */
export const markOf = (said: string): Mark | undefined => {
  const word = said.trim().toLowerCase().replace(/\s+/g, ' ')
  const plain = spelled[word] ?? word
  const own = (key: string): Mark | undefined => (Object.hasOwn(marks, key) ? marks[key] : undefined)
  return (
    own(plain) ??
    own(plain.replace(/s$/, '')) ??
    Object.values(marks).find(
      (mark) =>
        mark.members === plain || mark.link === plain || mark.link === plain.replace(/s$/, '') || mark.done === plain,
    )
  )
}
