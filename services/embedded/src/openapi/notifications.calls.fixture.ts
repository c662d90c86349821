import type { Calls } from './calls.fixture';

/** Templates, brands, preferences, and what was sent. */
export const messageCalls = async ({ post, put, get, itemsOf }: Calls): Promise<void> => {
  const [first] = await itemsOf('/notifications/templates');
  const name = encodeURIComponent(String(first?.['template']));
  const template = `/notifications/templates/${name}`;
  await get(template);
  const { subject, mjml, text } = await get(`${template}/versions/1`);
  await get(`${template}/versions/1/preview`);
  await post(`${template}/preview`, { subject, mjml, text, locale: 'de' });
  expect(await post(`${template}/versions`, { subject, mjml, text })).toMatchObject({ versions: 2 });
  await post(`${template}/activation`, { version: 1 });
  await put('/notifications/brands/acme', { name: 'Acme', sender: 'Acme <orders@acme.example>', locale: 'en', channels: ['acme'] });
  await get('/notifications/brands');
  await put('/notifications/preferences/desk-customer', { optOut: [] });
  await get('/notifications/preferences/desk-customer');
  const [message] = await itemsOf('/notifications');
  await get(`/notifications/${String(message?.['messageId'])}`);
  await post(`/notifications/${String(message?.['messageId'])}/resend`);
};
