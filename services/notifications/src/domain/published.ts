import type { NotificationEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { PreferencesEvent } from './preferences';
import type { TemplateEvent } from './template';

/** Everything that this service writes down. */
export type StoredNotificationEvent = NotificationEvent | TemplateEvent | PreferencesEvent;

/** What the world hears: templates and preferences are our own. */
export const published: Translation<StoredNotificationEvent, NotificationEvent> = {
  FollowUpDue: ({ type, data }) => ({ type, data }),
  NotificationFailed: ({ type, data }) => ({ type, data }),
};
