import { mjmlCompiler } from './mjml';

const saying = (text: string): string =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section></mj-body></mjml>`;

describe('a compiler of MJML', () => {
  let compiler: ReturnType<typeof mjmlCompiler>;
  beforeEach(() => (compiler = mjmlCompiler()));
  afterEach(() => compiler.close());

  it('answers each of many who ask at once, and says what is wrong with what is no MJML', async () => {
    const [ada, broken, bob] = await Promise.allSettled([saying('Ada'), '<mjml><mj-foo/></mjml>', saying('Bob')].map(compiler.toHtml));
    expect(ada).toMatchObject({ status: 'fulfilled', value: expect.stringContaining('Ada') });
    expect(bob).toMatchObject({ status: 'fulfilled', value: expect.stringContaining('Bob') });
    const errors = [{ field: 'mjml', message: expect.stringContaining('mj-foo') }];
    expect(broken).toMatchObject({ status: 'rejected', reason: { code: 'TEMPLATE_BROKEN', kind: 'invalid', errors } });
  });

  it('that was closed leaves nobody without an answer, and begins anew for whoever asks later', async () => {
    const asked = compiler.toHtml(saying('Ada'));
    const failing = expect(asked).rejects.toThrow('The thread that compiles MJML ended');
    await compiler.close();
    await failing;
    expect(await compiler.toHtml(saying('Bob'))).toContain('Bob');
  });
});
