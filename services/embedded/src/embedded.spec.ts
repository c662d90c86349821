import { usualFor } from './embedded';

describe('what holds where nobody says otherwise', () => {
  it('lies in the folder of all data', () =>
    expect(usualFor('/data', { analystUrl: 'postgres://a@localhost/c' }, {})).toEqual({
      LOG_LEVEL: 'warn',
      MASTER_KEY_FILE: '/data/master.key',
      MAIL_FOLDER: '/data/mail',
      REPORTS_FOLDER: '/data/reports',
      REPORTS_DATABASE_URL: 'postgres://a@localhost/c',
    }));

  it('does not hold beside a file that says it', () =>
    expect(usualFor('/data', {}, { REPORTS_DATABASE_URL_FILE: '/run/secrets/reports' })).not.toHaveProperty('REPORTS_DATABASE_URL'));
});
