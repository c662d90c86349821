import { execFileSync } from 'node:child_process';
import { describeWith, TestIssuer } from '@cartage/testkit';
import { aBrowser, heading, readerOf, type Reader } from './browser.fixture';
import { served, type Served } from './served.fixture';

jest.setTimeout(120_000);

const issuer = new TestIssuer();
let cartage: Served;

describeWith(aBrowser, 'the console where people log in', (browser) => {
  let reader: Reader;
  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build-console.cjs'], { stdio: 'inherit' });
    await issuer.start();
    cartage = await served(issuer.settings);
  }, 240_000);
  afterAll(async () => {
    await cartage.stop();
    await issuer.stop();
  }, 60_000);
  beforeEach(async () => {
    reader = await readerOf(browser().browser);
  });
  afterEach(async () => {
    expect(reader.troubles).toEqual([]);
    await reader.close();
  });

  it('leads to the issuer and back to where somebody wanted to go, and asks as that person', async () => {
    issuer.person = { sub: 'anna', scope: 'orders:read events:read' };
    const bearers: string[] = [];
    reader.page.on('request', (request) => bearers.push(request.headers()['authorization'] ?? ''));
    await reader.page.goto(`${cartage.url}/console/orders?status=placed`);
    await heading(reader.page, 'Orders');
    await reader.page.getByText('No order is like this.').waitFor();
    expect(reader.page.url()).toBe(`${cartage.url}/console/orders?status=placed`);
    await reader.page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    expect(bearers.filter((each) => each.startsWith('Bearer ')).length).toBeGreaterThan(1);
    expect(await reader.page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toMatch(/eyJ/);
  });

  it('shows what somebody may not see as that', async () => {
    issuer.person = { sub: 'ben', scope: 'stock:read' };
    await reader.page.goto(`${cartage.url}/console`);
    await reader.page.getByText('You may not see this').waitFor();
  });

  it('lets nobody in by a way back that it did not begin', async () => {
    await reader.page.goto(`${cartage.url}/console/?code=stolen&state=guessed`);
    await heading(reader.page, 'Logging in did not work');
    await reader.page.getByRole('link', { name: 'Log in again' }).click();
    await heading(reader.page, 'Today');
  });
});
