import { mkdirSync, mkdtempSync, rmdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Bundle, bundleFolder } from './bundle';

const built = (html = '<p>one</p>'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-console-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'let a = 1;');
  return folder;
};

describe('the program as it was built', () => {
  it('is sent as it is, and compressed for those who want it so', async () => {
    const bundle = new Bundle(built());
    const page = await bundle.page();
    expect(page?.plain.toString()).toBe('<p>one</p>');
    expect(gunzipSync(page?.gzip ?? Buffer.alloc(0)).toString()).toBe('<p>one</p>');
    expect(await bundle.asset('index-1a2b.js')).toMatchObject({ type: 'text/javascript; charset=utf-8' });
  });

  it('is the newer one once there is one', async () => {
    const folder = built();
    const bundle = new Bundle(folder);
    await bundle.page();
    writeFileSync(join(folder, 'index.html'), '<p>two</p>');
    utimesSync(join(folder, 'index.html'), new Date(), new Date(Date.now() + 5_000));
    expect((await bundle.page())?.plain.toString()).toBe('<p>two</p>');
  });

  it('is nothing while it is not built, and there once it is', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'cartage-console-')), 'web');
    const bundle = new Bundle(folder);
    expect(await bundle.page()).toBeUndefined();
    expect(await bundle.asset('late.js')).toBeUndefined();
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), 'here');
    writeFileSync(join(folder, 'assets', 'late.js'), 'here');
    expect((await bundle.page())?.plain.toString()).toBe('here');
    expect((await bundle.asset('late.js'))?.plain.toString()).toBe('here');
  });

  it.each(['../index.html', '..', 'a/b.js', '.env', 'index-1a2b.js.map', 'x'.repeat(300), `${'x'.repeat(300)}.js`])(
    'has no file %j',
    async (name) => expect(await new Bundle(built()).asset(name)).toBeUndefined(),
  );

  it('is read again by whoever asks next where it could not be read, and fails nobody but who asked', async () => {
    const folder = built();
    const file = join(folder, 'assets', 'x.js');
    mkdirSync(file);
    const bundle = new Bundle(folder);
    await expect(bundle.asset('x.js')).rejects.toMatchObject({ code: 'EISDIR' });
    rmdirSync(file);
    writeFileSync(file, 'let b = 2;');
    expect((await bundle.asset('x.js'))?.plain.toString()).toBe('let b = 2;');
  });

  it('is looked for where the build puts it, seen from the sources as from what they become', () => {
    expect(bundleFolder(join('/cartage', 'services', 'console', 'src'))).toBe(join('/cartage', 'dist', 'services', 'console', 'web'));
    expect(bundleFolder(join('/cartage', 'dist', 'services', 'console', 'src'))).toBe(
      join('/cartage', 'dist', 'services', 'console', 'web'),
    );
  });
});
