/**
 * Which clock a destination lives by: for days that are promised to a customer. Countries with several clocks, and regions with two, have the western one, where a day
 * ends last: a doubt is in the customer's favour. The table is kept, not asked of the platform, so that what was promised does not change with an upgrade.
 */

/** IANA zone, then the countries (ISO 3166-1 alpha-2, and XK) that live by it. */
const countryTable = `
  Africa/Abidjan CI; Africa/Accra GH; Africa/Addis_Ababa ET; Africa/Algiers DZ; Africa/Asmara ER; Africa/Bamako ML; Africa/Bangui CF;
  Africa/Banjul GM; Africa/Bissau GW; Africa/Blantyre MW; Africa/Brazzaville CG; Africa/Bujumbura BI; Africa/Cairo EG;
  Africa/Casablanca MA; Africa/Conakry GN; Africa/Dakar SN; Africa/Dar_es_Salaam TZ; Africa/Djibouti DJ; Africa/Douala CM;
  Africa/El_Aaiun EH; Africa/Freetown SL; Africa/Gaborone BW; Africa/Harare ZW; Africa/Johannesburg ZA; Africa/Juba SS;
  Africa/Kampala UG; Africa/Khartoum SD; Africa/Kigali RW; Africa/Kinshasa CD; Africa/Lagos NG; Africa/Libreville GA; Africa/Lome TG;
  Africa/Luanda AO; Africa/Lusaka ZM; Africa/Malabo GQ; Africa/Maputo MZ; Africa/Maseru LS; Africa/Mbabane SZ; Africa/Mogadishu SO;
  Africa/Monrovia LR; Africa/Nairobi KE; Africa/Ndjamena TD; Africa/Niamey NE; Africa/Nouakchott MR; Africa/Ouagadougou BF;
  Africa/Porto-Novo BJ; Africa/Sao_Tome ST; Africa/Tripoli LY; Africa/Tunis TN; Africa/Windhoek NA; America/Anguilla AI;
  America/Antigua AG; America/Argentina/Buenos_Aires AR; America/Aruba AW; America/Asuncion PY; America/Barbados BB; America/Belize BZ;
  America/Bogota CO; America/Caracas VE; America/Cayenne GF; America/Cayman KY; America/Costa_Rica CR; America/Curacao CW;
  America/Dominica DM; America/Eirunepe BR; America/El_Salvador SV; America/Grand_Turk TC; America/Grenada GD; America/Guadeloupe GP;
  America/Guatemala GT; America/Guyana GY; America/Havana CU; America/Jamaica JM; America/Kralendijk BQ; America/La_Paz BO;
  America/Lima PE; America/Lower_Princes SX; America/Managua NI; America/Marigot MF; America/Martinique MQ; America/Miquelon PM;
  America/Montevideo UY; America/Montserrat MS; America/Nassau BS; America/Panama PA; America/Paramaribo SR; America/Port-au-Prince HT;
  America/Port_of_Spain TT; America/Puerto_Rico PR; America/Santo_Domingo DO; America/St_Barthelemy BL; America/St_Kitts KN;
  America/St_Lucia LC; America/St_Thomas VI; America/St_Vincent VC; America/Tegucigalpa HN; America/Thule GL; America/Tijuana MX;
  America/Tortola VG; America/Vancouver CA; Antarctica/Palmer AQ; Arctic/Longyearbyen SJ; Asia/Aden YE; Asia/Almaty KZ; Asia/Amman JO;
  Asia/Ashgabat TM; Asia/Baghdad IQ; Asia/Bahrain BH; Asia/Baku AZ; Asia/Bangkok TH; Asia/Beirut LB; Asia/Bishkek KG; Asia/Brunei BN;
  Asia/Colombo LK; Asia/Damascus SY; Asia/Dhaka BD; Asia/Dili TL; Asia/Dubai AE; Asia/Dushanbe TJ; Asia/Gaza PS; Asia/Ho_Chi_Minh VN;
  Asia/Hong_Kong HK; Asia/Hovd MN; Asia/Jakarta ID; Asia/Jerusalem IL; Asia/Kabul AF; Asia/Karachi PK; Asia/Kathmandu NP;
  Asia/Kolkata IN; Asia/Kuala_Lumpur MY; Asia/Kuwait KW; Asia/Macau MO; Asia/Manila PH; Asia/Muscat OM; Asia/Nicosia CY;
  Asia/Phnom_Penh KH; Asia/Pyongyang KP; Asia/Qatar QA; Asia/Riyadh SA; Asia/Samarkand UZ; Asia/Seoul KR; Asia/Shanghai CN; Asia/Singapore SG;
  Asia/Taipei TW; Asia/Tbilisi GE; Asia/Tehran IR; Asia/Thimphu BT; Asia/Tokyo JP; Asia/Vientiane LA; Asia/Yangon MM;
  Asia/Yerevan AM; Atlantic/Azores PT; Atlantic/Bermuda BM; Atlantic/Canary ES; Atlantic/Cape_Verde CV; Atlantic/Faroe FO;
  Atlantic/Reykjavik IS; Atlantic/South_Georgia GS; Atlantic/St_Helena SH; Atlantic/Stanley FK; Australia/Perth AU;
  Europe/Amsterdam NL; Europe/Andorra AD; Europe/Athens GR; Europe/Belgrade RS XK; Europe/Berlin DE; Europe/Bratislava SK;
  Europe/Brussels BE; Europe/Bucharest RO; Europe/Budapest HU; Europe/Chisinau MD; Europe/Copenhagen DK; Europe/Dublin IE;
  Europe/Gibraltar GI; Europe/Guernsey GG; Europe/Helsinki FI; Europe/Isle_of_Man IM; Europe/Istanbul TR; Europe/Jersey JE;
  Europe/Kaliningrad RU; Europe/Kyiv UA; Europe/Ljubljana SI; Europe/London GB; Europe/Luxembourg LU; Europe/Malta MT;
  Europe/Mariehamn AX; Europe/Minsk BY; Europe/Monaco MC; Europe/Oslo NO; Europe/Paris FR; Europe/Podgorica ME; Europe/Prague CZ;
  Europe/Riga LV; Europe/Rome IT; Europe/San_Marino SM; Europe/Sarajevo BA; Europe/Skopje MK; Europe/Sofia BG; Europe/Stockholm SE;
  Europe/Tallinn EE; Europe/Tirane AL; Europe/Vaduz LI; Europe/Vatican VA; Europe/Vienna AT; Europe/Vilnius LT; Europe/Warsaw PL;
  Europe/Zagreb HR; Europe/Zurich CH; Indian/Antananarivo MG; Indian/Chagos IO; Indian/Christmas CX; Indian/Cocos CC; Indian/Comoro KM;
  Indian/Kerguelen TF; Indian/Mahe SC; Indian/Maldives MV; Indian/Mauritius MU; Indian/Mayotte YT; Indian/Reunion RE; Pacific/Apia WS;
  Pacific/Auckland NZ; Pacific/Chuuk FM; Pacific/Easter CL; Pacific/Efate VU; Pacific/Fakaofo TK; Pacific/Fiji FJ; Pacific/Funafuti TV;
  Pacific/Galapagos EC; Pacific/Guadalcanal SB; Pacific/Guam GU; Pacific/Honolulu US; Pacific/Majuro MH; Pacific/Midway UM;
  Pacific/Nauru NR; Pacific/Niue NU; Pacific/Norfolk NF; Pacific/Noumea NC; Pacific/Pago_Pago AS; Pacific/Palau PW;
  Pacific/Pitcairn PN; Pacific/Port_Moresby PG; Pacific/Rarotonga CK; Pacific/Saipan MP; Pacific/Tahiti PF; Pacific/Tarawa KI;
  Pacific/Tongatapu TO; Pacific/Wallis WF;`;

/** For countries with several clocks: IANA zone, then the regions (ISO 3166-2) that live by it. */
const regionTables: readonly (readonly [country: string, table: string])[] = [
  [
    'US',
    `Pacific/Honolulu HI; America/Adak AK; America/Los_Angeles CA ID NV OR WA; America/Phoenix AZ;
  America/Denver CO KS MT ND NE NM SD TX UT WY; America/Chicago AL AR FL IA IL IN KY LA MI MN MO MS OK TN WI;
  America/New_York CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV; America/Puerto_Rico PR VI; Pacific/Guam GU MP;
  Pacific/Pago_Pago AS`,
  ],
  [
    'CA',
    `America/Vancouver BC; America/Whitehorse YT; America/Edmonton AB NT; America/Cambridge_Bay NU; America/Regina SK;
  America/Winnipeg MB ON; America/Toronto QC; America/Halifax NB NS PE; America/Goose_Bay NL`,
  ],
  [
    'AU',
    `Australia/Perth WA; Australia/Darwin NT; Australia/Adelaide SA; Australia/Broken_Hill NSW; Australia/Brisbane QLD;
  Australia/Melbourne VIC; Australia/Hobart TAS; Australia/Sydney ACT`,
  ],
  [
    'BR',
    `America/Rio_Branco AC; America/Eirunepe AM; America/Porto_Velho RO; America/Boa_Vista RR; America/Cuiaba MT;
  America/Campo_Grande MS; America/Sao_Paulo AL AP BA CE DF ES GO MA MG PA PB PE PI PR RJ RN RS SC SE SP TO`,
  ],
  [
    'MX',
    `America/Tijuana BC BCN; America/Hermosillo SON; America/Mazatlan BCS NAY SIN; America/Ciudad_Juarez CHH;
  America/Cancun ROO; America/Mexico_City AGU CAM CHP CMX COA COL DUR GRO GUA HID JAL MEX MIC MOR NLE OAX PUE QUE SLP TAB TAM TLA VER YUC ZAC`,
  ],
];

const entriesOf = (table: string): readonly (readonly [place: string, zone: string])[] =>
  table.split(';').flatMap((entry) => {
    const [zone = '', ...places] = entry.trim().split(/\s+/);
    return places.map((place) => [place, zone] as const);
  });

const countries: ReadonlyMap<string, string> = new Map(entriesOf(countryTable));
const regions: ReadonlyMap<string, string> = new Map(
  regionTables.flatMap(([country, table]) => entriesOf(table).map(([region, zone]) => [`${country}-${region}`, zone] as const)),
);

/** Where nobody knows where: the last place on earth at which a day ends. */
const ANYWHERE = 'Etc/GMT+12';

/** `HI` and `US-HI` are the same region. */
const regionKey = (country: string, region: string): string => {
  const code = region.trim().toUpperCase();
  return code.startsWith(`${country}-`) ? code : `${country}-${code}`;
};

/** The IANA zone of a destination. */
export const zoneOf = ({ country, region }: { readonly country?: string; readonly region?: string }): string => {
  if (country === undefined) return ANYWHERE;
  const own = region === undefined ? undefined : regions.get(regionKey(country, region));
  return own ?? countries.get(country) ?? ANYWHERE;
};

/** Making a format takes longer than a hundred uses of it. At most one for each zone. */
const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
  formats.set(timeZone, made);
  return made;
};

/** What the clocks of a zone show at an instant (milliseconds), to the second, as if they were clocks of UTC. */
export const clockIn = (zone: string, instant: number): number => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
};

/**
 * To ask the platform for an offset takes longer than all that is reckoned with it, and clocks are set at a quarter of an hour: it is asked once for each.
 */
const QUARTER_MS = 900_000;
const MOST_OFFSETS = 20_000;
const offsets = new Map<string, number>();

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export const offsetIn = (zone: string, instant: number): number => {
  const quarter = Math.floor(instant / QUARTER_MS);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  const offset = clockIn(zone, quarter * QUARTER_MS) - quarter * QUARTER_MS;
  offsets.set(key, offset);
  return offset;
};
