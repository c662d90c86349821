import { closers } from './closers';

const recording = (): { readonly closed: string[]; readonly close: (name: string, failure?: string) => () => Promise<void> } => {
  const closed: string[] = [];
  return {
    closed,
    close: (name, failure) => async () => {
      closed.push(name);
      if (failure) throw new Error(failure);
    },
  };
};

describe('what was opened', () => {
  it('is closed in reverse, each once, also when it is asked for twice', async () => {
    const { closed, close } = recording();
    const opened = closers();
    for (const name of ['pool', 'views', 'server']) opened.add(close(name));

    await Promise.all([opened.close(), opened.close()]);
    expect(closed).toEqual(['server', 'views', 'pool']);
  });

  it('is closed whole even if a part fails, and the failure is told', async () => {
    const { closed, close } = recording();
    const opened = closers();
    opened.add(close('pool'));
    opened.add(close('views', 'stuck'));
    opened.add(() => {
      throw new Error('failed at once');
    });

    await expect(opened.close()).rejects.toThrow('failed at once');
    expect(closed).toEqual(['views', 'pool']);
  });
});
