import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readQuestionAddress } from './address';

const questionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/analytics',
  component: lazyRouteComponent(() => import('./QuestionsPage'), 'QuestionsPage'),
});

const questionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/analytics/$question',
  validateSearch: readQuestionAddress,
  component: lazyRouteComponent(() => import('./QuestionPage'), 'QuestionPage'),
});

export const analyticsRoutes = [questionsRoute, questionRoute] as const;
