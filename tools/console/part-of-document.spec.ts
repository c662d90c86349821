import { listsOf, missingIn, partOf, type Document } from './part-of-document';

const answer = (ref: string) => ({ content: { 'application/json': { schema: { $ref: `#/components/schemas/${ref}` } } } });
const document: Document = {
  openapi: '3.1.0',
  paths: {
    '/orders': { get: { summary: 'Orders.', responses: { 200: answer('Page'), 409: answer('Problem'), default: answer('Problem') } } },
    '/stock': { get: { responses: { 200: answer('Stock') } } },
  },
  components: {
    schemas: {
      Page: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Order' } } } },
      Order: {
        type: 'object',
        description: 'One.',
        required: ['title'],
        properties: { title: { type: 'string', description: 'Its name.' } },
      },
      Problem: { type: 'object' },
      Stock: { type: 'object' },
    },
  },
};

const part = partOf(document, ['get /orders']);
const withOrder = (order: object): Document => ({
  ...part,
  components: { schemas: { ...part.components?.schemas, Order: order } },
});

describe('a part of the document', () => {
  it('has the operations that are wanted, every schema that they need, and no words', () => {
    expect(Object.keys(part.paths)).toEqual(['/orders']);
    expect(part.components?.schemas).toEqual({
      Order: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
      Page: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Order' } } } },
      Problem: { type: 'object' },
    });
  });

  it('cannot have what is not there', () => expect(() => partOf(document, ['get /nothing'])).toThrow('The document has no get /nothing.'));

  it('is there still where something was added, and lacks what was taken away or became another thing', () => {
    const grown = withOrder({
      type: 'object',
      required: ['title', 'at'],
      properties: { title: { type: 'string' }, at: { type: 'string' } },
    });
    expect(missingIn(grown, part)).toEqual([]);
    expect(missingIn(withOrder({ type: 'object', properties: {} }), part)).toEqual([
      '/components/schemas/Order/required',
      '/components/schemas/Order/properties/title',
    ]);
    expect(missingIn(withOrder({ type: 'object', required: ['title'], properties: { title: { type: 'number' } } }), part)).toEqual([
      '/components/schemas/Order/properties/title/type',
    ]);
  });
});

it('of a document, the lists are known that can be read as of a command', () => {
  const parameters = [{ name: 'minPosition', in: 'query' }];
  const paths = { '/orders': { get: { parameters }, post: {} }, '/orders/{orderId}': { get: {} }, '/stock': { put: { parameters } } };
  expect(listsOf({ paths })).toEqual(['/orders']);
});
