/** Who is told by mail stands beside webhooks as one receiver. */
export const MAIL = 'mailto:';

export const mailTo = (address: string): string => `${MAIL}${address}`;

export const addressOf = (url: string): string => url.slice(MAIL.length);
