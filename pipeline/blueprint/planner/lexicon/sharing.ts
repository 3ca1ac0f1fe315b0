import { set } from './word-set.ts'
/** What one person writes so that others read it. */
export const contentThings = set(
  'post comment reply review rating vote recipe listing idea question answer photo picture image video event article topic thread suggestion announcement discussion blog story poem quote tip playlist song book movie product offer ad advert classified deal_post job course game snippet link resource meme sighting observation like follow favorite favourite project poll survey quiz route hike trail ride template petition campaign item pet animal room exhibit page proposal feature bug issue group club team meetup talk word deck',
)
/** What is between one person and those who look after it. */
export const privateThings = set(
  'diary journal permit licence license order ticket booking appointment reservation request claim application loan rental message payment invoice purchase subscription complaint prescription visit submission expense timesheet report membership enrollment enrolment registration cart document result answer_sheet donation vital shift rsvp time_entry leave_request leave absence vacation adoption lease grade assignment_submission bid',
)
/** Fields of which a thing has several values rather than rows of their own. */
export const listWords = set(
  'tag label skill ingredient step keyword genre language allergy allergen topic interest hobby amenity symptom color colour image photo picture link url attachment email role instruction author_name flavor flavour nickname alias material certification qualification platform feature benefit highlight synonym example hashtag medication_name size_option color_option day_of_week weekday dietary_restriction word member_name participant_name guest_name actor artist_name category_name technology equipment_item requirement condition_name trait toy',
)
/** Things that hang on what they are about. */
export const childThings = set(
  'comment reply review rating vote like subtask task option note attachment line_item item order_item order_line chapter episode lesson question answer step_row milestone reading measurement visit session booking reservation loan message entry log payment photo_row bid enrollment shipment exercise set card column page variant stop repair treatment vaccination inspection',
)

/** What some people keep for themselves and others share: only the request can tell, and where it does not, one asks. */
export const eitherThings = set(
  'recipe book movie film song album playlist photo picture video plant game trip route trail hike wine beer link bookmark_list quote poem story snippet resource flashcard deck paper collection dish puzzle pattern sketch drawing painting podcast series show',
)
