const padded = (part: number): string => String(part).padStart(2, '0');

/** A time as a field for date and time has it: in the reader's zone, to the second. A position of the log is no time. */
export const fieldOf = (asOf: string | undefined): string => {
  if (asOf === undefined || /^\d+$/.test(asOf)) return '';
  const time = new Date(asOf);
  const day = [time.getFullYear(), padded(time.getMonth() + 1), padded(time.getDate())].join('-');
  return `${day}T${[time.getHours(), time.getMinutes(), time.getSeconds()].map(padded).join(':')}`;
};

/** The instant that a field for date and time names; none while it is not filled in. */
export const instantIn = (field: string): string | undefined => {
  const time = new Date(field);
  return field === '' || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};
