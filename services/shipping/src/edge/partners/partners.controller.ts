import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, limitOf, NoPreview, pageOf, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PartnerDesk } from '../../app/partners/partner-desk';
import type { Partner } from '../../app/partners/partner';
import type { ShownMessage } from '../../app/partners/partner-message';
import { message, messages, partner as partnerAnswer, partners } from './partners.answers';
import { PartnerDropDto, PartnerMessagePath, PartnerMessagesQueryDto, PartnerPath, PartnerTermsDto } from './partners.dto';

export const PARTNER_DESK = Symbol('partner desk');

@ApiTags('partners')
@Controller('shipping/partners')
export class PartnersController {
  constructor(@Inject(PARTNER_DESK) private readonly desk: PartnerDesk) {}

  @Get()
  @ApiOperation({ summary: 'Who fulfils for us: WMS, 3PL, suppliers.' })
  @Answers(200, partners)
  async list(): Promise<{ readonly items: readonly Partner[] }> {
    return { items: await this.desk.list() };
  }

  @Get(':partner')
  @ApiOperation({ summary: 'One of them, as it was agreed.' })
  @Answers(200, partnerAnswer, { refuses: { unknown: ['PARTNER_UNKNOWN'] } })
  get(@Param() { partner }: PartnerPath): Promise<Partner> {
    return this.desk.get(partner);
  }

  @Put(':partner')
  @NoPreview()
  @ApiOperation({
    summary: 'Says who fulfils for us, how it speaks, and which locations it serves.',
    description:
      'Shipments that are planned from then on at its locations are asked of it, and no more are done by us. One that was asked of another stays with that one.',
  })
  @Answers(200, partnerAnswer, {
    refuses: { conflict: ['LOCATION_TAKEN'], invalid: ['ADAPTER_UNKNOWN', 'ADAPTER_UNAVAILABLE', 'LOCATION_UNKNOWN', 'CODE_INVALID'] },
  })
  put(@Param() { partner }: PartnerPath, @Body() { secret, ...terms }: PartnerTermsDto, @RequestMeta() _meta: Meta): Promise<Partner> {
    const { labels = 'own', ...agreed } = terms;
    return this.desk.put({ ...agreed, partner, labels }, secret);
  }

  @Get(':partner/messages')
  @ApiOperation({
    summary: 'What a partner is told, and what became of each, oldest first. `?status=refused` and `?status=overdue` are for a person.',
  })
  @Answers(200, messages)
  async messages(@Param() { partner }: PartnerPath, @Query() { status, ...query }: PartnerMessagesQueryDto): Promise<Page<ShownMessage>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.desk.messages({ partner, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ plannedAt, messageId }) => [plannedAt, messageId]);
  }

  @Post(':partner/messages/:messageId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Tells a refused message again, once its cause was mended; or one that was not answered.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'] } })
  resubmit(@Param() path: PartnerMessagePath, @CommandMeta() _meta: Meta): Promise<ShownMessage> {
    return this.desk.resubmit(path);
  }

  @Post(':partner/messages/:messageId/drop')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person has told it by other means. Who and why is remembered.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'] } })
  drop(@Param() path: PartnerMessagePath, @Body() { reason }: PartnerDropDto, @CommandMeta() meta: Meta): Promise<ShownMessage> {
    return this.desk.drop(path, reason, meta);
  }
}
