import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { published, type StoredNotificationEvent } from './published';
import { BUILT_IN, template, type TemplateCommand, type TemplateEvent } from './template';

const { given } = specFor(template);
const now = '2026-11-27T09:00:00.000Z';
const name = 'acme/email/en/delivered';
const source = { subject: 'It is there', mjml: '<mjml></mjml>', text: 'It is there.' };
const draft: TemplateCommand = { type: 'DraftTemplate', data: { template: name, source, by: 'anna', now } };
const activate = (version: number): TemplateCommand => ({ type: 'ActivateTemplate', data: { template: name, version, by: 'ben', now } });
const drafted = (version: number): TemplateEvent => ({
  type: 'TemplateDrafted',
  data: { template: name, version, source, by: 'anna', draftedAt: now },
});
const activated = (version: number, replaces: number): TemplateEvent => ({
  type: 'TemplateActivated',
  data: { template: name, version, replaces, by: 'ben', activatedAt: now },
});

describe('the words of a message', () => {
  it('are built in until somebody writes others: drafts count from there', () => {
    expect(template.initial.active).toBe(BUILT_IN);
    given().when(draft).then(drafted(2));
    given(drafted(2)).when(draft).then(drafted(3));
  });

  it('go out once they are activated, and not before', () => {
    expect(fold(template, [drafted(2)]).active).toBe(BUILT_IN);
    given(drafted(2)).when(activate(2)).thenOnce(activated(2, 1));
    expect(fold(template, [drafted(2), activated(2, 1)]).active).toBe(2);
  });

  it('can be taken back to any version that there ever was', () => {
    const past = [drafted(2), drafted(3), activated(3, 1)];
    given(...past)
      .when(activate(2))
      .thenOnce(activated(2, 3));
    given(...past)
      .when(activate(BUILT_IN))
      .thenOnce(activated(1, 3));
    given(...past)
      .when(activate(3))
      .thenNothing();
  });

  it('are told of once they go out: which, and in place of which; what they say and who put them in use stays here', () => {
    const golden = goldenSamples<StoredNotificationEvent>(join(__dirname, 'golden')).of('TemplateActivated');
    const { by: _, ...data } = golden.data;
    expect(published.TemplateActivated?.(golden)).toEqual({ type: 'TemplateActivated', data });
    expect(published).not.toHaveProperty('TemplateDrafted');
  });

  it('cannot be ones that nobody drafted', () => {
    for (const version of [0, 2.5, 4, -1]) given(drafted(2), drafted(3)).when(activate(version)).thenRefused('TEMPLATE_VERSION_UNKNOWN');
    given().when(activate(2)).thenRefused('TEMPLATE_VERSION_UNKNOWN');
  });
});
