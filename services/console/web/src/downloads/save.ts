/** Gives the reader a file, under a name. The services want a token, which a plain link does not bear: so the file is fetched first. */
export const save = (file: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it by the next turn; until then its address has to hold.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
};

export const jsonFile = (content: unknown): Blob => new Blob([`${JSON.stringify(content, undefined, 2)}\n`], { type: 'application/json' });
