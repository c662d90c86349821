import { bodyOf, refusalOf, UNREACHABLE } from './client';

const response = (status: number): Response => new Response(null, { status });

describe('what comes instead of an answer', () => {
  it('is the problem that the service tells, with its number for those who look into it', () => {
    const problem = { type: 'x', title: 'x', status: 409, code: 'NOTHING_TO_CANCEL', detail: 'All of it has left.', correlationId: 'c-1' };
    expect(refusalOf(409, problem)).toMatchObject({
      status: 409,
      code: 'NOTHING_TO_CANCEL',
      message: 'All of it has left.',
      correlationId: 'c-1',
    });
  });

  it('names each field that is wrong, and none where the service names none', () => {
    const problem = { type: 'x', title: 'x', status: 422, code: 'BODY_INVALID', detail: 'A field is wrong.', correlationId: 'c-2' };
    const errors = [{ field: 'lines[2].quantity', code: 'min', message: 'must not be less than 1' }];
    expect(refusalOf(422, { ...problem, errors }).errors).toEqual(errors);
    expect(refusalOf(422, problem).errors).toEqual([]);
  });

  it('is the status where a gateway answers in words of its own', () => {
    expect(refusalOf(502, '<html>Bad gateway</html>')).toMatchObject({ status: 502, code: 'HTTP_502' });
    expect(refusalOf(504, undefined)).toMatchObject({ code: 'HTTP_504' });
  });

  it('is thrown by whoever wants the body', async () => {
    await expect(bodyOf(Promise.resolve({ data: { a: 1 }, response: response(200) }))).resolves.toEqual({ a: 1 });
    await expect(bodyOf(Promise.resolve({ error: 'no', response: response(503) }))).rejects.toMatchObject({ status: 503 });
    await expect(bodyOf(Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({ status: 0, code: UNREACHABLE });
  });
});
