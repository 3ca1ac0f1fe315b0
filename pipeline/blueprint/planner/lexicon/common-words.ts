/** Words that requests use again and again; a word that is one slip away from one of them means it. */
export const commonWords: readonly string[] =
  'everyone everybody anyone anybody users title description category priority quantity address password email phone price amount status number family friends members customers employees students teachers patients products orders recipes ingredients appointment appointments reservation calendar authentication permission permissions administrator manager managers managers library inventory equipment restaurant management application tracker should would could between before because required optional unique default default private public delete create update filter search sorted newest oldest whether available vaccinated completed published location website company companies invoice invoices schedule birthday comments comment reviews rating ratings projects project tasks'.split(
    ' ',
  )
