import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { Page } from './Page';

export const NoSuchPage = (): ReactNode => {
  const { say } = useSpeech();
  return (
    <Page title={say('fault.missing')}>
      <Link to="/">{say('palette.go', { page: say('nav.home') })}</Link>
    </Page>
  );
};
