/** From the beginning of the first day to the end of the last one, as the reader counts days, in instants as the services take them. */
export const instantsOf = ({
  from,
  to,
}: {
  readonly from?: string;
  readonly to?: string;
}): { readonly from?: string; readonly to?: string } => {
  const midnight = (day: string, later = 0): string | undefined => {
    const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
    return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString();
  };
  const [begin, end] = [from === undefined ? undefined : midnight(from), to === undefined ? undefined : midnight(to, 1)];
  return { ...(begin === undefined ? {} : { from: begin }), ...(end === undefined ? {} : { to: end }) };
};
