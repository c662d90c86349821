import { EnvError, makeValidator } from 'envalid';

/** A setting that is the address of a page, as somebody outside reaches it, with a place for a token. */
export const linkTemplate = makeValidator<string>((text) => {
  if (text.includes('{token}') && URL.canParse(text.replace('{token}', 'x')) && /^https?:/.test(text)) return text;
  throw new EnvError('no address with {token} in it');
});
