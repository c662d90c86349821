import { javaOf } from './java';
import { javaModelsOf } from './java-models';
import { operationsOf, snake, type Document, type DocumentedOperation, type JsonSchema } from './operations';
import { pythonOf } from './python';

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });
const header = (name: string) => ({ name, in: 'header', schema: { type: 'string' } });

const cancel: DocumentedOperation = {
  operationId: 'OrdersController_cancel',
  summary: 'Cancel it.',
  parameters: [
    { name: 'orderId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    header('Idempotency-Key'),
    header('If-Match'),
    { name: 'preview', in: 'query', schema: { type: 'boolean' } },
  ],
  requestBody: json(ref('CancelDto')),
  responses: { 200: json({ anyOf: [ref('Order'), ref('Preview')] }), 404: json(ref('Problem')) },
};

const list: DocumentedOperation = {
  operationId: 'OrdersController_list',
  parameters: [
    { name: 'from', in: 'query', schema: { type: 'string', format: 'date-time' } },
    { name: 'status', in: 'query', schema: { type: 'string', enum: ['placed', 'done'] } },
    { name: 'sku', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
    { name: 'limit', in: 'query', required: true, schema: { type: 'integer' } },
  ],
  responses: { 200: { content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } } } },
};

const order: JsonSchema = {
  type: 'object',
  properties: {
    orderId: { type: 'string', format: 'uuid', description: 'The order */.' },
    final: { type: ['boolean', 'null'] },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { quantity: { type: 'integer' }, other: { allOf: [ref('CancelDto')] } } },
    },
    status: { type: 'string', enum: ['in-fulfillment', '3pl'] },
    mark: { type: 'string', enum: [';', '|'] },
    dto: { type: 'object', properties: { value: { type: 'number' } } },
    attributes: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

const document: Document = {
  paths: { '/orders/{orderId}/cancel': { post: cancel }, '/orders': { get: list } },
  components: { schemas: { Order: order, OrderDto: order, CancelDto: { type: 'object', properties: {} }, Preview: {}, Object: {} } },
};

describe('clients that are made of an OpenAPI document', () => {
  it('have a method for each operation, and another one for what it would do', () => {
    const python = pythonOf(document);
    expect(python).toContain(
      'def cancel(self, order_id: str | UUID, body: models.CancelDto, *, idempotency_key: str, if_match: str | None = None) -> Answer[models.Order]:',
    );
    expect(python).toContain(
      'Call("POST", f"/orders/{part(order_id)}/cancel", body=body, idempotency_key=idempotency_key, if_match=if_match), models.Order)',
    );
    expect(python).toContain(
      'def preview_cancel(self, order_id: str | UUID, body: models.CancelDto, *, if_match: str | None = None) -> Answer[models.Preview]:',
    );
    const java = javaOf(document)['Orders.java'] ?? '';
    expect(java).toContain('public Answer<Order> cancel(String orderId, CancelDto body, String idempotencyKey) throws');
    expect(java).toContain('public Answer<Order> cancel(String orderId, CancelDto body, String idempotencyKey, String ifMatch) throws');
    expect(java).toContain(
      'Call.of("POST", "/orders/" + Call.part(orderId) + "/cancel").body(body).ifMatch(ifMatch).preview(), Preview.class)',
    );
  });

  it('ask with what is typed, call nothing as the language does, and take what must be given first', () => {
    expect(pythonOf(document)).toContain(
      'def list(self, *, limit: int, from_: str | datetime | None = None, status: Literal["placed", "done"] | None = None, sku: Sequence[str | UUID] | None = None) -> Answer[bytes]:',
    );
    expect(pythonOf(document)).toContain('query={"from": from_, "status": status, "sku": sku, "limit": limit}');
    expect(javaOf(document)['Orders.java']).toContain('public ListQuery sku(List<String> value)');
    expect(javaOf(document)['Cartage.java']).toContain('orders = new Orders(transport);');
  });

  it('have a class for each model in Java, whatever its fields are called', () => {
    const { 'Order.java': made = '', ...others } = javaModelsOf(document);
    expect(Object.keys(others)).not.toContain('Object.java');
    for (const part of [
      ...[
        '/** The order * /. */',
        'public UUID orderId;',
        '@JsonProperty("final")',
        'public Boolean final_;',
        'public List<OrderLines> lines;',
      ],
      ...['public CancelDto other;', '@JsonProperty("in-fulfillment") IN_FULFILLMENT, @JsonProperty("3pl") _3PL', 'public String mark;'],
      ...[
        'public OrderDtoPart dto;',
        'public static final class OrderDtoPart {',
        'public OrderDtoPart value(Double value) { this.value = value;',
      ],
      'public Map<String, String> attributes;',
    ])
      expect(made).toContain(part);
  });

  it('are not made where an answer is one of two things, which a client cannot tell', () => {
    const two = { ...cancel, responses: { 200: json(ref('Order')), 202: json(ref('CancelDto')) } };
    expect(() => operationsOf({ ...document, paths: { '/x': { post: two } } })).toThrow(
      'OrdersController_cancel answers with Order or CancelDto',
    );
  });

  it('name things as the language does', () =>
    expect(['minPosition', 'orderId', 'asOf', 'If-Match'].map(snake)).toEqual(['min_position', 'order_id', 'as_of', 'if_match']));
});
