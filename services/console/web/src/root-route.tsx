import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './frame/Frame';
import { NoSuchPage } from './frame/NoSuchPage';

/** What all pages stand in. */
export const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage });
