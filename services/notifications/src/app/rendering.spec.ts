import { compiled } from './rendering';

const toHtml = (mjml: string): Promise<string> => Promise.resolve(mjml);
const faultOf = async (source: { readonly subject?: string; readonly mjml?: string; readonly text: string }): Promise<unknown> => {
  try {
    return (await compiled(source, 'en', toHtml))({ name: 'Ada' });
  } catch (fault) {
    return fault;
  }
};

describe('what is wrong with a template', () => {
  it.each([
    ['subject', { subject: '[[{oops]]', text: 'Hello' }],
    ['mjml', { mjml: '[[#lines]]', text: 'Hello' }],
    ['text', { subject: 'Hello', text: '[[{name, oops}]]' }],
  ])('is told of the part that it is in: %s', async (field, source) =>
    expect(await faultOf(source)).toMatchObject({ code: 'TEMPLATE_BROKEN', errors: [{ field }] }),
  );

  it.each([
    ['subject', { subject: '[[{nothing}]]', text: 'Hello' }],
    ['text', { text: '[[{nothing}]]' }],
  ])('is told of the part that cannot be filled in: %s', async (field, source) => expect(await faultOf(source)).toMatchObject({ field }));
});
