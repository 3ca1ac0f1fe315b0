import { set } from './word-set.ts'
/** Who looks after other people's things: granted by an administrator. */
export const grantedRoles = set(
  'admin qa qc conductor choirmaster mayor baker administrator superuser manager moderator agent guide marshal steward ranger zookeeper accountant librarian staff editor nurse doctor vet veterinarian dentist physician therapist teacher instructor lecturer professor receptionist dispatcher supervisor organizer organiser coach trainer operator curator approver secretary treasurer chair chairperson chairman leader coordinator caretaker clerk cashier chef cook waiter bartender warden ranger technician mechanic engineer officer inspector auditor assessor adjuster recruiter principal director headteacher keeper pharmacist judge referee planner scheduler foreman mentor tutor counselor counsellor advisor adviser landlord bookkeeper analyst maintainer publisher producer promoter steward superintendent registrar concierge janitor janitorial host hostess stylist barber groomer lawyer paralegal attorney surgeon midwife paramedic pilot captain lead boss executive owner-admin controller examiner proctor triager support helpdesk board committee crew worker dev rep handler bookkeeper caseworker hr',
)
/** Who makes or owns things: anybody becomes this by signing up. */
export const signUpRoles = set(
  'user gardener mentee trainee intern apprentice parishioner worshipper competitor contestant racer rower alumnus graduate pilgrim archer skater surfer shareholder investor lodger housemate villager beginner singer dancer swimmer climber sailor angler skier scout camper helper actor teenager customer client member author employee seller buyer patient student reader player donor volunteer tenant applicant candidate parent subscriber reporter writer contributor citizen resident participant attendee guest learner pupil traveler traveller passenger driver rider runner shopper consumer artist musician photographer creator maker hobbyist homeowner neighbor neighbour person individual owner borrower renter lender fan follower friend guardian vendor supplier freelancer contractor colleague teammate developer researcher scientist beekeeper farmer grower collector gamer athlete cyclist hiker cook-at-home bidder claimant requester requestor voter viewer commuter inhabitant blogger poster sitter walker adopter foster sponsor backer organiser-self exhibitor speaker submitter child kid listener employer viewer-fan moderator-candidate resident browser shelter',
)
/** Nobody becomes a verified member by signing up: an administrator makes them so, and they have no more rows than others. */
export const vouchedFor =
  /^(?:verified|approved|trusted|certified|accredited|trained|licen[sc]ed|qualified|authori[sz]ed|vetted|confirmed|honorary|premium|paying|paid)_/

/** Everybody, signed in or not. */
export const everybody = set('everyone everybody anyone anybody public visitor world stranger internet')
/** Names of the signed-in crowd. */
export const crowd = set('user people person individual account login member-of-staff')

/** Trades and callings that may be either: what they do tells how one becomes one. */
const callings = set(
  'reviewer babysitter housekeeper picker packer flatmate roommate trustee delegate rector porter lifeguard newcomer refugee pensioner critic grader examinee appraiser valuer organist drummer guitarist vocalist postman diver grocer tattooist landscaper stallholder parliamentarian warder cleaner craftsman craftswoman tradesman handyman salesman salesperson landlady waitress barista shopkeeper merchant wholesaler retailer purchaser coworker ceo cfo interviewer consultant programmer tourist innkeeper hotelier jockey breeder butcher fisherman labourer laborer policeman detective firefighter psychologist headmaster councillor politician solicitor translator journalist columnist proofreader composer choreographer actress videographer filmmaker sculptor gallerist dealer banker trader hairdresser beautician masseur spectator goalkeeper activist campaigner underwriter policyholder insurer caregiver optometrist physiotherapist dietitian chiropractor builder carpenter plumber electrician welder painter roofer forester hunter skipper tailor cobbler jeweller optician carer courier astronomer archivist historian auctioneer musher sexton priest pastor deacon sacristan caterer florist shepherd winemaker brewer distiller stagehand umpire juror surveyor realtor petitioner poet performer puppeteer undertaker engraver blacksmith farrier glazier upholsterer weaver knitter seamstress designer architect assistant',
)

export const isPersonNoun = (word: string): boolean =>
  grantedRoles.has(word) || signUpRoles.has(word) || callings.has(word) || everybody.has(word)
