/** Types of Postgres by their numbers in its catalogue, as far as files tell them apart; others are text. */
const types: Readonly<Record<number, string>> = {
  16: 'boolean',
  20: 'bigint',
  21: 'smallint',
  23: 'integer',
  114: 'json',
  700: 'real',
  701: 'double precision',
  1082: 'date',
  1114: 'timestamp',
  1184: 'timestamptz',
  1700: 'numeric',
  2950: 'uuid',
  3802: 'jsonb',
};

/** Of a numeric its digits and those after the point stand in the modifier. */
const numericOf = (modifier: number): string => (modifier < 4 ? 'numeric' : `numeric(${(modifier - 4) >> 16},${(modifier - 4) & 0x7ff})`);

export const typeOf = (oid: number, modifier: number): string => {
  const name = types[oid] ?? 'text';
  return name === 'numeric' ? numericOf(modifier) : name;
};
