import { set } from './word-set.ts'
/** Words for the program itself; what stands before them says what it is about. */
export const systemWords = set(
  'api apis app apps application service system backend back-end server tool tracker manager platform database db site website webapp web-app portal microservice software program registry directory catalogue catalog organizer organiser planner logger manager-app calendar gallery solution thing project backend-api endpoint endpoints crud rest restful http json web webservice fastapi python repository archive management tracking managing administration bot helper assistant diary journal logbook log keeper storage watchlist wishlist collection list backlog',
)
/** Of these, the ones that never are a thing to store. */
export const pureSystemWords = set(
  'api apis app apps application service system backend back-end server tool platform database db site website webapp web-app portal microservice software solution thing endpoint endpoints crud rest restful http json web webservice fastapi python management tracking managing administration backend-api',
)

/** Places and undertakings: they are what a system is for, and seldom what it stores. With what they usually store. */
export const places: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    library: ['book', 'member', 'loan'],
    clinic: ['patient', 'appointment'],
    practice: ['patient', 'appointment'],
    hospital: ['patient', 'appointment'],
    shop: ['product', 'order'],
    store: ['product', 'order'],
    webshop: ['product', 'order'],
    marketplace: ['listing', 'order'],
    'e-commerce': ['product', 'order'],
    ecommerce: ['product', 'order'],
    gym: ['member', 'course'],
    school: ['student', 'course'],
    university: ['student', 'course'],
    hotel: ['room', 'booking'],
    restaurant: ['dish', 'reservation'],
    cafe: ['dish', 'reservation'],
    bakery: ['product', 'order'],
    museum: ['exhibit'],
    zoo: ['animal'],
    farm: ['animal', 'field'],
    garden: ['plant'],
    warehouse: ['product', 'shipment'],
    wiki: ['page'],
    blog: ['post', 'comment'],
    forum: ['topic', 'reply'],
    crm: ['company', 'contact', 'deal'],
    helpdesk: ['ticket'],
    club: ['member', 'event'],
    church: ['member', 'event'],
    charity: ['donor', 'donation'],
    festival: ['event'],
    conference: ['talk'],
    league: ['team', 'match'],
    theatre: ['show', 'ticket'],
    theater: ['show', 'ticket'],
    cinema: ['movie', 'screening'],
    shelter: ['animal', 'adoption'],
    kindergarten: ['child'],
    garage: ['car', 'repair'],
    workshop: ['job'],
    studio: ['booking'],
    salon: ['customer', 'appointment'],
    spa: ['treatment', 'appointment'],
    pharmacy: ['medicine', 'prescription'],
    office: ['employee'],
    company: [],
    business: [],
    team: [],
    organization: [],
    organisation: [],
    agency: [],
    community: [],
    family: [],
    household: [],
    neighborhood: [],
    neighbourhood: [],
    village: [],
    city: [],
    town: [],
    startup: [],
    network: [],
    group: [],
    department: [],
    firm: [],
    cooperative: [],
    'co-operative': [],
    co: [],
    'co-op': [],
    brewery: ['beer', 'batch'],
    winery: ['wine'],
    vineyard: ['wine'],
    factory: ['machine'],
    lab: ['experiment', 'sample'],
    laboratory: ['experiment', 'sample'],
    house: [],
    home: [],
    kitchen: ['recipe'],
    cellar: ['wine'],
    classroom: ['student'],
    band: [],
    makerspace: ['tool'],
    bookstore: ['book', 'order'],
    bookshop: ['book', 'order'],
    'pet-shop': ['pet'],
    airport: ['flight'],
    airline: ['flight', 'booking'],
    bank: ['account', 'transaction'],
    court: ['case'],
  }),
)

/** Words for where many of something are kept: "movie watchlist" stores movies, "wine cellar" wines. */
export const containers = set(
  'watchlist wishlist collection log list catalogue catalog inventory diary journal book library archive record records register database notebook planner stash set cellar backlog calendar gallery',
)
/** Lists that are named after an errand and hold items. */
export const errands = set('shopping grocery packing')

/** Words for one record of something: "book records" stores books. */
export const recordWords = set('record entry entries record item info information detail data dataset')
/** Words that hold many of something: "a list of books", "an inventory of tools". */
export const collectionWords = set(
  'list lists catalogue catalog inventory collection register registry directory database set group table log archive overview bunch number series library kind kinds sort type types variety range record records track queue backlog stack pile',
)

/** Names of programs that say what they keep: a pastebin keeps pastes. */
export const programNouns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pastebin: 'paste',
    guestbook: 'entry',
    phonebook: 'contact',
    cookbook: 'recipe',
    checklist: 'item',
    addressbook: 'contact',
    scoreboard: 'score',
    leaderboard: 'score',
    glossary: 'term',
    shortener: 'link',
    microblog: 'post',
    timesheet: 'time entry',
    'time tracker': 'time entry',
    'time tracking': 'time entry',
    helpdesk: 'ticket',
    faq: 'question',
    calendar: 'event',
    'note taking': 'note',
    voting: 'poll',
  }),
)
