import type { NotificationEvent, PolicyEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { PreferencesEvent } from './preferences';
import type { TemplateEvent } from './template';

/** Everything that this service writes down. */
export type StoredNotificationEvent = NotificationEvent | TemplateEvent | PreferencesEvent;

/** What the world hears: preferences are our own, and so is what a template says and who put it in use. */
export const published: Translation<StoredNotificationEvent, NotificationEvent | PolicyEvent> = {
  FollowUpDue: ({ type, data }) => ({ type, data }),
  NotificationFailed: ({ type, data }) => ({ type, data }),
  TemplateActivated: ({ type, data: { by: _, ...data } }) => ({ type, data }),
};
