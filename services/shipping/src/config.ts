import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';
import { bool, num, str } from 'envalid';
import { choiceOrders } from './domain/rates';

export interface ShippingSettings {
  readonly CARRIERS: string;
  readonly CARRIERS_POLLED: string;
  readonly CARRIER_DELIVERY_DAYS: number;
  readonly PICKUP_GRACE_MINUTES: number;
  readonly CARRIER_AUDIT_SECONDS: number;
  readonly NDR_WAIT_HOURS: number;
  readonly STUCK_DAYS: number;
  readonly LOST_AFTER_DAYS: number;
  readonly NDR_THEN: string;
  readonly NDR_MOST_ATTEMPTS: number;
  readonly CARRIER_CHOICE: string;
  readonly CARRIER_WEIGHTS: string;
  readonly LANE_ENOUGH_PARCELS: number;
  readonly LANE_PRIOR_PARCELS: number;
  readonly CARRIER_RULES_FILE: string;
  readonly CARRIER_MODES: string;
  readonly PACKING_SLIP_BRAND: string;
  readonly PACKING_SLIP_LOGO_FILE: string;
  readonly PACKING_SLIP_PRICES: boolean;
  readonly TABLE_RATE_FILE: string;
  readonly TABLE_RATE_SECRET: string;
  readonly EASYPOST_API_KEY: string;
  readonly EASYPOST_URL: string;
  readonly EASYPOST_WEBHOOK_SECRET: string;
  readonly EASYPOST_SERVICES: string;
  readonly EASYPOST_SENDERS_FILE: string;
  readonly SIMULATED_CARRIER_SECRET: string;
  readonly SIMULATED_CARRIER_EMBARGO: string;
  readonly SHIPPING_SCAN_AHEAD_MINUTES: number;
  readonly RETURN_LABEL_URL: string;
  readonly PARTNER_FOLDER: string;
  readonly PARTNER_FOLDER_SETTLE_SECONDS: number;
  readonly PARTNER_FOLDER_POLL_SECONDS: number;
  readonly PARTNER_ANSWER_MINUTES: number;
  readonly PARTNER_MESSAGE_DAYS: number;
}

export const settings: SettingsSpec<ShippingSettings> = {
  CARRIERS: str({
    default: 'simulated',
    desc: 'The carriers that labels are bought from until a carrier policy is active, the preferred one first, separated by commas: simulated, table-rate, easypost.',
  }),
  CARRIERS_POLLED: str({
    default: '',
    desc: 'The carriers that send no webhooks, separated by commas: they are asked where parcels under way are, the less often the longer nothing happens.',
  }),
  CARRIER_DELIVERY_DAYS: wholeNumber(
    1,
    3_650,
  )({
    default: 30,
    desc: 'Days for which webhooks of carriers are remembered, 1 to 3650: sent again, one is answered as the first time. One that says of itself that it is older is refused.',
  }),
  PICKUP_GRACE_MINUTES: num({
    default: 60,
    desc: 'How long after the end of a pickup’s time a carrier’s scans may still come, before it counts as missed.',
  }),
  STUCK_DAYS: num({
    default: 10,
    desc: 'Days under way after which a shipment is stuck, on a lane of which too few deliveries are known to say what is usual.',
  }),
  LOST_AFTER_DAYS: num({
    default: 30,
    desc: 'Days in which nothing is heard of a shipment after which its parcels are lost. 0: only a person says so.',
  }),
  CARRIER_AUDIT_SECONDS: wholeNumber(
    1,
    86_400,
  )({ default: 3_600, desc: 'How often labels are looked for that no invoice of their carrier has in time, 1 to 86400.' }),
  NDR_WAIT_HOURS: num({ default: 48, desc: 'How long a parcel that could not be delivered waits for somebody to say what is to be done.' }),
  NDR_THEN: str({
    choices: ['reattempt', 'return', 'nothing'],
    default: 'reattempt',
    desc: 'What the carrier is told when nobody said it: to try again, to bring it back, or nothing.',
  }),
  NDR_MOST_ATTEMPTS: num({
    default: 3,
    desc: 'After so many failed attempts a parcel that nobody says a word of is brought back, unless NDR_THEN is nothing.',
  }),
  CARRIER_CHOICE: str({
    choices: choiceOrders,
    default: 'cost',
    desc: 'What counts first between their offers until a carrier policy is active; weighted: all of it, by CARRIER_WEIGHTS. For expedited orders it is speed, for what comes back cost.',
  }),
  CARRIER_WEIGHTS: str({
    default: 'cost=1,speed=0,preference=0,performance=1',
    desc: 'By how much cost, speed, preference and performance of the lane count, where CARRIER_CHOICE is weighted and no carrier policy is active; one that is not named counts nothing.',
  }),
  LANE_ENOUGH_PARCELS: wholeNumber(
    1,
    100_000,
  )({ default: 20, desc: 'With fewer outcomes of parcels a lane’s performance is that of its service, 1 to 100000.' }),
  LANE_PRIOR_PARCELS: wholeNumber(
    0,
    100_000,
  )({
    default: 30,
    desc: 'What is usual counts as so many outcomes beside a lane’s own, 0 to 100000: the more, the slower a lane’s performance moves.',
  }),
  CARRIER_RULES_FILE: str({
    default: '',
    desc: 'A JSON file of what must not go with which carrier or service until a carrier policy is active. Empty: everything may.',
  }),
  PACKING_SLIP_BRAND: str({ default: '', desc: 'Stands on top of packing slips: the shop’s name, and what it wants to say.' }),
  PACKING_SLIP_LOGO_FILE: str({ default: '', desc: 'A PNG or JPEG file that is printed on top of packing slips. Empty: none.' }),
  PACKING_SLIP_PRICES: bool({
    default: false,
    desc: 'Whether packing slips tell prices. Where a line of the shipment has the attribute gift, none does.',
  }),
  CARRIER_MODES: str({
    default: 'simulated/standard=ground,simulated/express=air',
    desc: 'How services go, for rules that speak of it: carrier/service=air, ground or sea, separated by commas. One that is not named may go any way.',
  }),
  TABLE_RATE_FILE: str({
    default: '',
    desc: 'A CSV file of what carrier table-rate costs, by service, zone and weight. Empty: there is no such carrier.',
  }),
  TABLE_RATE_SECRET: str({ default: 'table-rate', desc: 'Signs the webhooks of carrier table-rate.' }),
  EASYPOST_API_KEY: str({ default: '', desc: 'Of the account at EasyPost. Empty: there is no such carrier.' }),
  EASYPOST_URL: str({ default: 'https://api.easypost.com/v2', desc: 'Where EasyPost’s API is.' }),
  EASYPOST_WEBHOOK_SECRET: str({ default: '', desc: 'Signs EasyPost’s webhooks. Empty: none is believed.' }),
  EASYPOST_SERVICES: str({
    default: 'standard=USPS/GroundAdvantage,express=USPS/Express',
    desc: 'Our services at EasyPost, from the slowest to the fastest, as name=carrier/service, separated by commas.',
  }),
  EASYPOST_SENDERS_FILE: str({
    default: '',
    desc: 'A JSON file of the addresses that parcels start from, as EasyPost writes them, by location code. They stand on customs papers, too.',
  }),
  SIMULATED_CARRIER_SECRET: str({
    default: 'simulated-carrier',
    desc: 'Signs the webhooks of the simulated carrier. No real parcel hangs on it, so it has a default.',
  }),
  SIMULATED_CARRIER_EMBARGO: str({
    default: 'KP',
    desc: 'Countries that the simulated carrier does not deliver to: ISO 3166-1 alpha-2, separated by commas.',
  }),
  RETURN_LABEL_URL: str({
    default: 'http://localhost:3000',
    desc: 'Where customers reach this service: what stands before /shipping/return-labels/links in the link to a label for the way back.',
  }),
  SHIPPING_SCAN_AHEAD_MINUTES: num({
    default: 15,
    desc: 'By how much a carrier’s clock may be ahead of ours. A scan that is further ahead waits for its time: it would count as newer than everything until then.',
  }),
  PARTNER_FOLDER: str({
    default: '',
    desc: 'The folder in which partners that speak CSV have a folder each. Empty: there are none. Every replica needs the same one.',
  }),
  PARTNER_FOLDER_SETTLE_SECONDS: wholeNumber(
    0,
    3_600,
  )({ default: 10, desc: 'A file that was written to so lately is not read yet, 0 to 3600.' }),
  PARTNER_FOLDER_POLL_SECONDS: wholeNumber(1, 3_600)({ default: 15, desc: 'How often folders of partners are looked at, 1 to 3600.' }),
  PARTNER_MESSAGE_DAYS: wholeNumber(
    1,
    3_650,
  )({
    default: 90,
    desc: 'How long it is remembered what partners were told and what they said, in days, 1 to 3650; what waits, is overdue or was refused stays. A notice that is sent again after that is taken as a new one, and finds its shipment as it is.',
  }),
  PARTNER_ANSWER_MINUTES: wholeNumber(
    1,
    100_000,
  )({
    default: 240,
    desc: 'How long a partner has to answer a request or a cancellation, before it is asked what became of it, and the message is listed as overdue.',
  }),
};
