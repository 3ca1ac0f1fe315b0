/** What sends what it measures: no person, so that it signs in with a key. As one group of a pattern, one or several. */
export const device =
  '(?:sensors?|devices?|stations?|gateways?|terminals?|meters?|trackers?|machines?|scales?|loggers?|cameras?|controllers?|beacons?|probes?|robots?|kiosks?|scanners?|thermometers?|buoys?|detectors?|boxes|box|units?|hives?|beehives?|turnstiles?|gates?|tags?|chargers?|lockers?|readers?|cash registers?|tills?|vehicles?|turbines?|pumps?)'

/** Devices that are nothing else, wherever they are spoken of: a station may also be people who report something. */
const always =
  /(?:^|[ -])(?:sensor|device|gateway|terminal|meter|tracker|machine|scale|(?:data ?)?logger|camera|beacon|probe|scanner|thermometer|detector|turnstile)s?$/i

/** Whether words name devices and nothing that signs up: "water meters", "the soil probe". */
export const isDeviceNoun = (words: string): boolean => always.test(words.trim())

/** A key to sign in with, as a group of a pattern. */
export const apiKey = '(?:api[- ]?|secret |access |device |own )*(?:keys?|tokens?)'
