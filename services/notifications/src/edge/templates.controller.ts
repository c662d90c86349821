import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IfMatch,
  limitOf,
  Needs,
  type Page,
  pageOf,
  readCursor,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Rendered } from '../app/rendering';
import type { HandledTemplate, ListedTemplate, ShownTemplate, Templates } from '../app/templates';
import type { TemplateSource } from '../domain/template';
import { rendered, template as templateAnswer, templatePage, templateSource } from './notifications.answers';
import {
  ActivateTemplateDto,
  DraftTemplateDto,
  PreviewTemplateDto,
  TemplatePath,
  TemplateQueryDto,
  TemplateVersionPath,
} from './notifications.dto';

export const TEMPLATES = Symbol('templates');

const sourceOf = ({ subject, mjml, text }: DraftTemplateDto): TemplateSource => ({
  ...(subject === undefined ? {} : { subject }),
  ...(mjml === undefined ? {} : { mjml }),
  text,
});

const answer = (reply: FastifyReply, { shown, handled }: HandledTemplate): ShownTemplate => {
  answered(reply, handled);
  return shown;
};

@ApiTags('templates')
@Controller('notifications/templates')
export class TemplatesController {
  constructor(@Inject(TEMPLATES) private readonly templates: Templates) {}

  @Get()
  @ApiOperation({ summary: 'Every template by name: those that are built in, and those that somebody drafted.' })
  @Answers(200, templatePage)
  async list(@Query() query: TemplateQueryDto): Promise<Page<ListedTemplate>> {
    const [after = ''] = readCursor(query.cursor, 'text') ?? [];
    const all = await this.templates.list();
    const wanted = all.filter(
      ({ template, kind, medium }) => template > after && (query.kind ?? kind) === kind && (query.medium ?? medium) === medium,
    );
    return pageOf(wanted.slice(0, limitOf(query) + 1), query, ({ template }) => [template]);
  }

  @Get(':template')
  @ApiOperation({ summary: 'A template: which version is in use, and which were before.' })
  @Answers(200, templateAnswer, { headers: [Headers.etag], refuses: { unknown: ['TEMPLATE_UNKNOWN'] } })
  async get(@Param() { template }: TemplatePath, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownTemplate> {
    const { shown, version } = await this.templates.get(template);
    reply.header(Headers.etag, etagOf(version));
    return shown;
  }

  @Get(':template/versions/:version')
  @ApiOperation({ summary: 'The words of one version; the begin of a draft.' })
  @Answers(200, templateSource, { refuses: { unknown: ['TEMPLATE_UNKNOWN', 'TEMPLATE_VERSION_UNKNOWN'] } })
  source(@Param() { template, version }: TemplateVersionPath): Promise<TemplateSource> {
    return this.templates.source(template, version);
  }

  @Get(':template/versions/:version/preview')
  @ApiOperation({ summary: 'One version as a customer would read it, of an example order.' })
  @Answers(200, rendered, { refuses: { unknown: ['TEMPLATE_UNKNOWN', 'TEMPLATE_VERSION_UNKNOWN'] } })
  preview(@Param() { template, version }: TemplateVersionPath): Promise<Rendered> {
    return this.templates.preview(template, version);
  }

  @Post(':template/preview')
  @Needs('messages:read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Words that nobody has kept yet, as a customer would read them, of an example order. Changes nothing.' })
  @Answers(200, rendered, { refuses: { unknown: ['TEMPLATE_UNKNOWN'], invalid: ['TEMPLATE_BROKEN', 'LOCALE_INVALID'] } })
  previewOf(@Param() { template }: TemplatePath, @Body() body: PreviewTemplateDto): Promise<Rendered> {
    return this.templates.previewOf(template, sourceOf(body), body.locale);
  }

  @Post(':template/versions')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Drafts a version. Nothing is written by it before it is activated; what cannot be filled in is refused.' })
  @Answers(201, templateAnswer, { headers: commandHeaders, refuses: { unknown: ['TEMPLATE_UNKNOWN'], invalid: ['TEMPLATE_BROKEN'] } })
  async draft(
    @Param() { template }: TemplatePath,
    @Body() body: DraftTemplateDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTemplate> {
    return answer(reply, await this.templates.draft(template, sourceOf(body), meta));
  }

  @Post(':template/activation')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Writes messages by this version from now on; an earlier one rolls a newer one back, 1 is built in.' })
  @Answers(200, templateAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['TEMPLATE_UNKNOWN'], invalid: ['TEMPLATE_VERSION_UNKNOWN'] },
  })
  async activate(
    @Param() { template }: TemplatePath,
    @Body() { version }: ActivateTemplateDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTemplate> {
    return answer(reply, await this.templates.activate(template, version, meta, ifVersion));
  }
}
