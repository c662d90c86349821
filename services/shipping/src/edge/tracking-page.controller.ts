import { Refused } from '@cartage/eventsourcing';
import { Answers, bytes, IsId, languageFor, Public } from '@cartage/service-kit';
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { PublicTracking } from '../app/public-tracking';
import type { ShipmentReading } from '../app/shipment-reading';
import { pageLanguages } from '../app/tracking-words';
import { SHIPMENT_READING } from './shipments.controller';
import { pageHeaders, trackingPage } from './tracking-page';

export class TrackingPageQueryDto {
  @ApiPropertyOptional({
    example: 'de',
    description: `One of ${pageLanguages.join(', ')}, with or without a region; else what \`Accept-Language\` says.`,
  })
  @IsOptional()
  @IsId(35)
  readonly lang?: string;
}

@ApiTags('shipping')
@Controller('shipping/track')
export class TrackingPageController {
  constructor(@Inject(SHIPMENT_READING) private readonly reading: ShipmentReading) {}

  @Get(':token/page')
  @Public('link')
  @ApiOperation({
    summary: 'The same as a page for people, in their language; a link that leads to nothing says so. Not for search engines.',
  })
  @ApiProduces('text/html')
  @Answers(200, bytes)
  async page(
    @Param('token') token: string,
    @Query() { lang }: TrackingPageQueryDto,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageFor(pageLanguages, { asked: lang, acceptLanguage });
    void reply.headers(pageHeaders).send(trackingPage(language, await this.find(token)));
  }

  private async find(token: string): Promise<PublicTracking | undefined> {
    try {
      return await this.reading.track(token);
    } catch (error) {
      if (error instanceof Refused && error.code === 'TRACKING_UNKNOWN') return undefined;
      throw error;
    }
  }
}
