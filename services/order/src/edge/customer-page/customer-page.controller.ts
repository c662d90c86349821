import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  bytes,
  type Form,
  languageFor,
  paragraph,
  Public,
  publicLanguages,
  RequestMeta,
  SentForm,
  TakesForm,
  type PublicLanguage,
} from '@cartage/service-kit';
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CustomerPage, FaultAt, Opened, OpenPage } from '../../app/customer-page/customer-page';
import type { PageGroup } from '../../app/customer-page/opened';
import type { Notice } from '../../app/customer-page/phrases';
import { addressView } from './address-view';
import { cancelView, confirmView } from './cancel-view';
import { OrderPageQueryDto } from './customer-page.dto';
import { fieldNames, readAddress, readLines } from './form-reading';
import { htmlOf, pageHeaders, voiceIn, type Voice } from './html';
import { orderView } from './order-view';

export const CUSTOMER_PAGE = Symbol('page of an order for its customer');

/** A form of this page that somebody sent. */
interface Sending {
  readonly page: OpenPage;
  readonly form: Form;
  readonly voice: Voice;
  readonly meta: Meta;
}

/** A page that answers; or what was done, which the order is shown with. */
type Outcome = string | { readonly done: Notice };

const nothingSaid = { faults: [] };

const groupIn = ({ order: { groups } }: OpenPage, shipGroupId: string | undefined): PageGroup | undefined =>
  groups.find((group) => (shipGroupId === undefined ? group.move : group.shipGroupId === shipGroupId));

const shown = (voice: Voice, page: Opened, { view, group, said: notice, from = 0 }: OrderPageQueryDto): string => {
  if (page.kind !== 'open') return htmlOf(voice, voice.phrases.title, paragraph(voice.phrases[page.kind]));
  const named = view === 'address' ? groupIn(page, group) : undefined;
  if (named) return addressView(voice, page, { group: named, said: nothingSaid });
  if (view === 'cancel') return cancelView(voice, page, { said: nothingSaid, from });
  return orderView(voice, page, { from, ...(notice ? { notice } : {}) });
};

/** For customers: an order by a link, without an account, and without a script. */
@ApiTags('orders')
@Controller('orders')
export class CustomerPageController {
  constructor(@Inject(CUSTOMER_PAGE) private readonly customerPage: CustomerPage) {}

  @Get('links/:token/page')
  @Public('link')
  @ApiOperation({
    summary: 'A page for customers, in their language: where their order is, what it costs, and what they can do. Not for search engines.',
  })
  @ApiProduces('text/html')
  @Answers(200, bytes)
  async show(
    @Param('token') token: string,
    @Query() query: OrderPageQueryDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const voice = voiceIn(languageFor(publicLanguages, { asked: query.lang, acceptLanguage }));
    void reply.headers(pageHeaders).send(shown(voice, await this.customerPage.open(token), query));
  }

  @Post('links/:token/page')
  @HttpCode(200)
  @Public('link')
  @TakesForm('Of that page: shows what a cancellation would come to, cancels, or sends it elsewhere; each once, however often it is sent.')
  @ApiOperation({
    summary: 'What a customer sends from that page: what is wrong stands in the page that answers, and what was done on the order (303).',
  })
  @ApiProduces('text/html')
  @Answers([200, 303], bytes)
  async act(
    @Param('token') token: string,
    @SentForm() form: Form,
    @Query() query: OrderPageQueryDto,
    @RequestMeta() meta: Meta,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language: PublicLanguage = languageFor(publicLanguages, { asked: query.lang });
    const voice = voiceIn(language);
    const page = await this.customerPage.open(token);
    const outcome = page.kind === 'open' ? await this.after({ page, form, voice, meta }) : shown(voice, page, {});
    void reply.headers(pageHeaders);
    if (typeof outcome === 'string') void reply.send(outcome);
    else void reply.code(303).header('Location', `?lang=${language}&said=${outcome.done}`).send('');
  }

  private async after(sending: Sending): Promise<Outcome> {
    const { page, form, voice } = sending;
    const step = form.get(fieldNames.step);
    if (step === 'address') return this.readdress(sending);
    if (step === 'cancel') return this.cancel(sending);
    return step === 'check' ? this.check(sending) : orderView(voice, page, { from: 0 });
  }

  private async check({ page, form, voice }: Sending): Promise<Outcome> {
    const { lines, faults } = readLines(form, page.order);
    const answer = faults.length > 0 ? faults : await this.customerPage.preview(page, lines);
    return 'expected' in answer
      ? confirmView(voice, page, { lines, answer })
      : cancelView(voice, page, { said: { form, faults: answer }, from: 0 });
  }

  private async cancel({ page, form, voice, meta }: Sending): Promise<Outcome> {
    const { lines, faults: unread } = readLines(form, page.order);
    const sent = { form: form.get(fieldNames.form) ?? '', meta };
    const faults = unread.length > 0 ? unread : await this.customerPage.cancel(page, lines, sent);
    return this.outcome(faults, 'cancelled', async () => cancelView(voice, await this.again(page), { said: { form, faults }, from: 0 }));
  }

  private async readdress({ page, form, voice, meta }: Sending): Promise<Outcome> {
    const group = groupIn(page, form.get(fieldNames.group));
    if (!group) return orderView(voice, page, { from: 0 });
    const { typed, faults: unread } = readAddress(form);
    const sent = { form: form.get(fieldNames.form) ?? '', meta };
    const faults = unread.length > 0 ? unread : await this.customerPage.readdress(page, { group, typed }, sent);
    return this.outcome(faults, 'address', async () => {
      const now = await this.again(page);
      return addressView(voice, now, { group: groupIn(now, group.shipGroupId) ?? group, said: { form, faults } });
    });
  }

  private async outcome(faults: readonly FaultAt[], done: Notice, otherwise: () => Promise<string>): Promise<Outcome> {
    return faults.length > 0 ? otherwise() : { done };
  }

  /** As it is now, with a new form. */
  private async again(page: OpenPage): Promise<OpenPage> {
    const now = await this.customerPage.open(page.token);
    return now.kind === 'open' ? now : page;
  }
}
