import { readGroups } from './access/apply-group.ts'
import { readNotOwn } from './access/not-own.ts'
import { readOfOwn } from './access/of-own.ts'
import { readOnlySome } from './access/only-some.ts'
import { readOfOwnThings, readOwnPeople } from './access/own-people.ts'
import { readPeopleInState } from './access/people-in-state.ts'
import { readPeopleWithRows } from './access/people-with-rows.ts'
import { readPublicPart } from './access/public-part.ts'
import { readOfTheirs } from './access/relatives.ts'
import { readSameAs } from './access/same-as.ts'
import { readSomeRows } from './access/some-rows.ts'
import { readVisitorsSignUp } from './access/visitors-sign-up.ts'
import { readAllowed } from './allowed/allowed.ts'
import { readAnyTime } from './allowed/any-time.ts'
import { readChangeFields } from './allowed/change-fields.ts'
import { readDeedInState } from './allowed/deed-in-state.ts'
import { readExempt } from './allowed/exempt.ts'
import { readDoneToPeople, readNotThemselves } from './among/among.ts'
import { readBothWrite, readOnlyTheTwo } from './among/both-write.ts'
import { readReceiver } from './among/receiver.ts'
import { readOneVote } from './among/votes.ts'
import { readAssignments } from './assigned/assigned.ts'
import { readNotToMaker } from './assigned/not-to-maker.ts'
import type { Read } from './behaviour.ts'
import { readConsequences } from './consequences/consequences.ts'
import { readBeyond } from './extras/beyond.ts'
import { readLinkExpiry } from './extras/expiry.ts'
import { readFileTerms } from './extras/file-terms.ts'
import { readHistory } from './extras/history.ts'
import { readKeeping } from './extras/keep.ts'
import { readKnownBy } from './extras/known-by.ts'
import { readCodes, readEmbeds, readSlugs } from './extras/links.ts'
import { readNotThere } from './extras/not-there.ts'
import { readOpeningEnds, readShortLinks } from './extras/short-links.ts'
import { readTrash } from './extras/trash.ts'
import { readKeys } from './keys/apply-keys.ts'
import { readByHand } from './keys/by-hand.ts'
import { readSeeingReadings } from './keys/see-readings.ts'
import { readHiding } from './lists/hidden.ts'
import { readLists } from './lists/lists.ts'
import { readMoments } from './moments.ts'
import { readMovements } from './movements.ts'
import { readGivenNumber } from './numbers/read-given.ts'
import { readNumbers } from './numbers/read-numbers.ts'
import { readNumberOrder } from './numbers/read-order.ts'
import { readBeyondPeople } from './people-beyond.ts'
import { readDecided } from './picked/decided.ts'
import { readPicked } from './picked/picked.ts'
import { readReminders } from './reminders/reminders.ts'
import { readStoodLong } from './reminders/stood-long.ts'
import { ruleReaders } from './rule-readers.ts'
import { readSeenFields } from './seen/seen.ts'
import { readShape } from './shapes/shapes.ts'
import { readShownValues } from './shown/shown.ts'
import { readBetweenStates } from './states/between-states.ts'
import { readClaims } from './states/claims.ts'
import { readFromState } from './states/from-state.ts'
import { readInAndOut, readNotOutAgain } from './states/in-and-out.ts'
import { readNoSkipping } from './states/no-skipping.ts'
import { readStates, readSteps, readStepTakers } from './states/states.ts'
import { readTimers } from './timers/timers.ts'
import { readOfFollowed } from './toggles/of-followed.ts'
import { readMarkLists } from './toggles/read-lists.ts'
import { readMarks } from './toggles/toggles.ts'
import { readTellings } from './told/told.ts'
import { readFirstRows } from './views/first-rows.ts'
import { readListOrder } from './views/list-order.ts'
import { readNarrowedReport } from './views/narrow-report.ts'
import { readNotAddedUp } from './views/not-added-up.ts'
import { readReport } from './views/reports.ts'
import { readTimeUntil } from './views/time-until.ts'
import { readInboundHooks } from './webhooks/apply-inbound.ts'
import { readOutboundHooks } from './webhooks/apply-outbound.ts'
import { readWhoDidIt } from './who-did-it.ts'
import { readWorkedOut } from './worked-out.ts'

/** Longer sentences say more than one thing; a bound keeps hostile ones cheap. */
const brief =
  (read: Read): Read =>
  (sentence) =>
    sentence.length > 400 || sentence.split(' ').length > 70 ? undefined : read(sentence)

/** In the order in which they are asked; the first that takes a sentence has it. */
export const readers: readonly Read[] = [
  brief(readStoodLong),
  brief(readReminders),
  ...[
    readBetweenStates,
    readNotToMaker,
    readNumbers,
    readNumberOrder,
    readGivenNumber,
    readDoneToPeople,
    readNotThemselves,
    readOneVote,
    readOfTheirs,
    readDecided,
    readReceiver,
    readBothWrite,
    readOnlyTheTwo,
    readPicked,
    readInAndOut,
    readNotOutAgain,
    readBeyondPeople,
    readPeopleInState,
    readPeopleWithRows,
    readSomeRows,
    readOnlySome,
  ].map(brief),
  ...[readFileTerms, readChangeFields].map(brief),
  brief(readExempt),
  readNoSkipping,
  readStates,
  readSteps,
  readAssignments,
  readClaims,
  brief(readConsequences),
  ...ruleReaders,
  ...[
    readOfFollowed,
    readMarks,
    readMarkLists,
    readNotThere,
    readOpeningEnds,
    readLinkExpiry,
    readNotOwn,
    readOfOwn,
    readSameAs,
    readOwnPeople,
    readOfOwnThings,
    readPublicPart,
    readGroups,
    readInboundHooks,
    readOutboundHooks,
    readByHand,
    readVisitorsSignUp,
    readKeys,
    readSeeingReadings,
  ].map(brief),
  readMoments,
  readWhoDidIt,
  readTellings,
  brief(readHiding),
  ...[
    readTimers,
    readShape,
    readTrash,
    readHistory,
    readKeeping,
    readCodes,
    readSlugs,
    readKnownBy,
    readShortLinks,
  ].map(brief),
  ...[readTimeUntil, readNarrowedReport, readNotAddedUp, readMovements].map(brief),
  readShownValues,
  readWorkedOut,
  ...[readListOrder, readFirstRows, readReport, readLists, readEmbeds].map(brief),
  brief(readFromState),
  readStepTakers,
  ...[readAnyTime, readAllowed, readDeedInState].map(brief),
  readBeyond,
  brief(readSeenFields),
]
