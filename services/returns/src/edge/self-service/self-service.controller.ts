import { object, text, time } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, bytes, Form, IdParam, languageFor, Public, RequestMeta, SentForm, TakesForm } from '@cartage/service-kit';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { pageLanguages, type PageLanguage } from '../../app/self-service/phrases';
import type { MadeLink, OpenPage, SelfService } from '../../app/self-service/self-service';
import { fieldNames, readForm } from './form-reading';
import { confirmPage, nothingSaid, pageHeaders, selfServicePage, type Shown } from './page';
import { ReturnLinkDto, ReturnPageQueryDto, USUAL_DAYS } from './self-service.dto';

export const SELF_SERVICE = Symbol('self-service of customers');

const link = answerOf<MadeLink>()(
  'ReturnLink',
  object({
    token: text('What stands in its address.'),
    path: text('Of the page, below the address of the API.'),
    expiresAt: time('It cannot be opened any more then.'),
  }),
);

/** A page that was sent, and in which language. */
interface Sent {
  readonly page: OpenPage;
  readonly form: Form;
  readonly language: PageLanguage;
  readonly meta: Meta;
}

/** For customers: by a link, without an account, and without a script. */
@ApiTags('returns')
@Controller('returns')
export class SelfServiceController {
  constructor(@Inject(SELF_SERVICE) private readonly selfService: SelfService) {}

  @Post('orders/:orderId/links')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A link by which whoever bought the order sends something back without an account, such as for the order page of a shop.',
    description: 'Nothing is kept: the link follows from what it says. Mails have one of their own.',
  })
  @Answers(200, link, {
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['RETURN_POLICY_UNKNOWN'], invalid: ['ID_INVALID'] },
  })
  link(@Param('orderId', IdParam) orderId: string, @Body() { days }: ReturnLinkDto): Promise<MadeLink> {
    return this.selfService.link(orderId, days ?? USUAL_DAYS);
  }

  @Get('links/:token/page')
  @Public('link')
  @ApiOperation({
    summary: 'A page for customers, in their language: what can be sent back, and what became of what was. Not for search engines.',
  })
  @ApiProduces('text/html')
  @Answers(200, bytes)
  async show(
    @Param('token') token: string,
    @Query() { lang, from = 0 }: ReturnPageQueryDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageFor(pageLanguages, { asked: lang, acceptLanguage });
    const page = selfServicePage(language, await this.selfService.open(token), { ...nothingSaid, from });
    void reply.headers(pageHeaders).send(page);
  }

  @Post('links/:token/page')
  @HttpCode(200)
  @Public('link')
  @TakesForm('Of that page: shows what would follow, asks for a return, or takes one back; each once, however often it is sent.')
  @ApiOperation({ summary: 'What a customer sends from that page; what is wrong stands in the page that answers.' })
  @ApiProduces('text/html')
  @Answers(200, bytes)
  async act(
    @Param('token') token: string,
    @SentForm() form: Form,
    @Query() { lang }: ReturnPageQueryDto,
    @RequestMeta() meta: Meta,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageFor(pageLanguages, { asked: lang });
    const page = await this.selfService.open(token);
    const html = page.kind === 'open' ? await this.after({ page, form, language, meta }) : selfServicePage(language, page);
    void reply.headers(pageHeaders).send(html);
  }

  private after(sent: Sent): Promise<string> {
    const step = sent.form.get(fieldNames.step);
    if (step === 'withdraw') return this.withdraw(sent);
    return step === 'confirm' ? this.confirm(sent) : this.check(sent);
  }

  private async check(sent: Sent): Promise<string> {
    const { page, form, language } = sent;
    const { wish, faults } = readForm(form, page.items);
    if (faults.length > 0) return this.shown(sent, { from: 0, said: { form, faults } });
    const offer = await this.selfService.quote(page, wish);
    return 'faults' in offer
      ? this.shown(sent, { from: 0, said: { form, faults: offer.faults } })
      : confirmPage(language, page, { form, wish, offer });
  }

  private async confirm(sent: Sent): Promise<string> {
    const { page, form, meta } = sent;
    const { wish, faults: unread } = readForm(form, page.items);
    const faults = unread.length > 0 ? unread : await this.selfService.send(page, form.get(fieldNames.form) ?? '', { wish, meta });
    return faults.length > 0 ? this.shown(sent, { from: 0, said: { form, faults } }) : this.shown(sent, { ...nothingSaid, notice: 'done' });
  }

  private async withdraw(sent: Sent): Promise<string> {
    const { page, form, meta } = sent;
    const returnId = form.get(fieldNames.returnId) ?? '';
    const faults = await this.selfService.withdraw(page, form.get(fieldNames.form) ?? '', { returnId, meta });
    return this.shown(sent, faults.length > 0 ? { from: 0, said: { faults } } : { ...nothingSaid, notice: 'withdrawn' });
  }

  /** As it is now, with a new form. */
  private async shown({ page, language }: Sent, shown: Shown): Promise<string> {
    return selfServicePage(language, await this.selfService.open(page.token), shown);
  }
}
