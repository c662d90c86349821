import { isSameText } from './same-text';

/** What forms of pages behind a link are signed with: a keyed hash that nobody makes without our key. */
export interface FormSigning {
  readonly sign: (text: string) => Promise<string>;
  readonly newId: () => string;
}

const textOf = (token: string, formId: string): string => `${token}\n${formId}`;

/** Names a form that is filled in behind this link: sent twice, it is done once; and nobody makes one who has not seen the page. */
export const newLinkForm = async ({ sign, newId }: FormSigning, token: string): Promise<string> => {
  const formId = newId();
  return `${formId}.${await sign(textOf(token, formId))}`;
};

/** Whether a form is of the page behind this link. */
export const isLinkForm = async ({ sign }: Pick<FormSigning, 'sign'>, token: string, form: string): Promise<boolean> => {
  const [formId = '', signature = ''] = form.split('.');
  return signature !== '' && isSameText(signature, await sign(textOf(token, formId)));
};
