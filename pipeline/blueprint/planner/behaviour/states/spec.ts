/** How things go from state to state. `steps`: the states in their order, several where one of them is reached. */
export type Sequence = { thing: string; steps: string[][] }

/** One step beside or within a sequence. */
export type Step = {
  thing: string
  /** The state that is reached, snake_case; undefined where only the verb is known (reopen). */
  to?: string
  verb?: string
  /** From these only; from all before this one; from all but these; from wherever it can be. */
  from: { only: string[] } | { before: string } | { not: string[] } | 'anywhere'
  /** Back to this state. */
  back?: string
  /** Who takes it, where that is said with it. */
  who?: string
}

/** States in which something cannot be changed or deleted, or the only ones in which it can. */
export type Lock = { thing: string; ops: ('update' | 'delete')[]; states: string[]; only: boolean }

/** Who may take steps: verbs with what they are done to. */
export type Actors = {
  who: string
  acts: { verb: string; thing: string }[]
  /** Nobody else does. */
  only?: true
  /** The words for people who alone may and of whom it is not clear who they are: then nobody but administrators may. */
  unclear?: string
  /**
   * Only with their own things; only with those of others; never; not said, of what is taken back: usually their own.
   * `seen`: whose is not said, so that it goes no further than what they see.
   */
  whose: 'all' | 'own' | 'others' | 'assigned' | 'usual' | 'seen' | 'never'
  /**
   * Only of rows like these is it said: "claims with a total above 500". With `seen` the others lose them, with `never`
   * these people do, with `all` these people have no others.
   */
  rows?: string
}
