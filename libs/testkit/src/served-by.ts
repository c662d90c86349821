const said = new Set<string>();

/** Says once which server stood behind a suite, so that the reader of a test report knows what it proves. */
export const servedBy = (what: string, server: string): void => {
  const line = `${what}: ${server}`;
  if (said.has(line)) return;
  said.add(line);
  process.stdout.write(`${line}\n`);
};
