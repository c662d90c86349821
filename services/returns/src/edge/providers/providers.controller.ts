import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, limitOf, NoPreview, pageOf, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Provider } from '../../app/providers/provider';
import type { CaughtUp, ProviderDesk } from '../../app/providers/provider-desk';
import type { ShownProviderMessage } from '../../app/providers/provider-message';
import { caughtUp, message, messages, provider as providerAnswer, providers } from './providers.answers';
import {
  CatchUpDto,
  ProviderDropDto,
  ProviderMessagePath,
  ProviderMessagesQueryDto,
  ProviderPath,
  ProviderTermsDto,
} from './providers.dto';

export const PROVIDER_DESK = Symbol('desk of returns providers');

@ApiTags('returns providers')
@Controller('returns/providers')
export class ProvidersController {
  constructor(@Inject(PROVIDER_DESK) private readonly desk: ProviderDesk) {}

  @Get()
  @ApiOperation({ summary: 'Who handles returns for us.' })
  @Answers(200, providers)
  async list(): Promise<{ readonly items: readonly Provider[] }> {
    return { items: await this.desk.list() };
  }

  @Get(':provider')
  @ApiOperation({ summary: 'One of them, as it was agreed.' })
  @Answers(200, providerAnswer, { refuses: { unknown: ['PROVIDER_UNKNOWN'] } })
  get(@Param() { provider }: ProviderPath): Promise<Provider> {
    return this.desk.get(provider);
  }

  @Put(':provider')
  @NoPreview()
  @ApiOperation({
    summary: 'Says who handles returns of which channels, and how it speaks.',
    description:
      'It is told of what can be sent back of their orders from then on, as it arrives and as it changes; `POST …/catching-up` tells of what arrived before.',
  })
  @Answers(200, providerAnswer, {
    refuses: {
      conflict: ['CHANNEL_TAKEN'],
      invalid: ['ADAPTER_UNKNOWN', 'ADAPTER_UNAVAILABLE', 'CODE_INVALID', 'SECRET_INVALID', 'ONE_CHANNEL'],
    },
  })
  put(
    @Param() { provider }: ProviderPath,
    @Body() { secret, apiKey, ...terms }: ProviderTermsDto,
    @RequestMeta() _meta: Meta,
  ): Promise<Provider> {
    return this.desk.put({ ...terms, provider }, { secret, apiKey });
  }

  @Post(':provider/catching-up')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'Tells a provider of orders that arrived before it was put down: some hundred in each call, until `next` is null.',
  })
  @Answers(200, caughtUp, { refuses: { unknown: ['PROVIDER_UNKNOWN'] } })
  catchUp(@Param() { provider }: ProviderPath, @Body() { after }: CatchUpDto, @CommandMeta() meta: Meta): Promise<CaughtUp> {
    return this.desk.catchUp(provider, after, meta);
  }

  @Get(':provider/messages')
  @ApiOperation({ summary: 'What a provider is told, and what became of each, oldest first. `?status=refused` is for a person.' })
  @Answers(200, messages)
  async messages(
    @Param() { provider }: ProviderPath,
    @Query() { status, ...query }: ProviderMessagesQueryDto,
  ): Promise<Page<ShownProviderMessage>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.desk.messages({ provider, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ plannedAt, messageId }) => [plannedAt, messageId]);
  }

  @Post(':provider/messages/:messageId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Tells a refused message again, once its cause was mended: as it stands now.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'] } })
  resubmit(@Param() path: ProviderMessagePath, @CommandMeta() _meta: Meta): Promise<ShownProviderMessage> {
    return this.desk.resubmit(path);
  }

  @Post(':provider/messages/:messageId/drop')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person has told it by other means. Who and why is remembered.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'] } })
  drop(@Param() path: ProviderMessagePath, @Body() { reason }: ProviderDropDto, @CommandMeta() meta: Meta): Promise<ShownProviderMessage> {
    return this.desk.drop(path, reason, meta);
  }
}
