/** Gives a file to the reader, as a download does. */
export const saveFile = (name: string, content: Blob): void => {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};

export const jsonFile = (content: unknown): Blob => new Blob([`${JSON.stringify(content, undefined, 2)}\n`], { type: 'application/json' });
