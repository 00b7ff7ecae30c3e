// Writes the settings of the server into package.json and package.nls*.json, from what the server itself says of
// them: `article-lsp config schema` for their types, `article-lsp rules --format json` for the rules.
//
//   node scripts/settings.mjs [--check]    with --check: fails when they are not up to date
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const server = process.env.ARTICLE_LSP ?? path.resolve(here, '../../target/release/article-lsp');
const ask = (...args) => JSON.parse(execFileSync(server, args, { encoding: 'utf8' }));
const file = (name) => path.join(here, name);
const read = (name) => JSON.parse(readFileSync(file(name), 'utf8'));

const schema = ask('config', 'schema');
const rules = ask('rules', '--format', 'json');
/** The value that a `$ref` or a choice with `null` stands for. */
const resolve = (value) => {
  if (value.$ref) return resolve(schema.$defs[value.$ref.split('/').pop()]);
  const choice = value.anyOf?.find(({ type }) => type !== 'null');
  return choice ? resolve(choice) : value;
};
const words = (value) => value.enum ?? (value.oneOf ?? []).flatMap((one) => one.const ?? one.enum ?? []);

const levels = words(resolve(schema.properties.rules.additionalProperties ?? Object.values(schema.properties.rules.properties ?? resolve(schema.properties.rules).properties)[0]));
const languages = words(resolve(schema.properties.lang));
if (levels.length < 3 || languages.length < 2) throw new Error('the schema of the configuration has another shape');

const generated = {
  'articleLsp.lang': {
    type: ['string', 'null'],
    enum: [...languages, null],
    default: null,
    scope: 'window',
    order: 10,
    markdownDescription: '%config.lang%',
  },
  'articleLsp.rules': {
    type: 'object',
    default: {},
    scope: 'window',
    order: 11,
    markdownDescription: '%config.rules%',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(({ name }) => [name, { type: 'string', enum: levels, markdownDescription: `%config.rules.${name}%` }]),
    ),
  },
};
const texts = {
  'package.nls.json': {
    'config.lang': 'The language of findings. Without it: `lang` of `article-lsp.toml`, then the language of VS Code.',
    'config.rules': 'Rules by name: `off`, or the severity of what they report. Stands above `article-lsp.toml`.',
    ...Object.fromEntries(rules.map(({ name, summary, severity }) => [`config.rules.${name}`, `${summary.en} (\`${severity}\` unless set)`])),
  },
  'package.nls.zh-cn.json': {
    'config.lang': '问题说明的语言。未设置时依次取 `article-lsp.toml` 的 `lang` 和 VS Code 的语言。',
    'config.rules': '按名称设置规则：`off` 为关闭，其余为报告的级别。优先于 `article-lsp.toml`。',
    ...Object.fromEntries(rules.map(({ name, summary, severity }) => [`config.rules.${name}`, `${summary.zh}（未设置时为 \`${severity}\`）`])),
  },
};

const manifest = read('package.json');
const own = Object.entries(manifest.contributes.configuration.properties).filter(([key]) => !(key in generated));
manifest.contributes.configuration.properties = Object.fromEntries(
  [...own, ...Object.entries(generated)].sort(([, a], [, b]) => a.order - b.order),
);
const wanted = { 'package.json': manifest };
for (const [name, added] of Object.entries(texts)) {
  const kept = Object.entries(read(name)).filter(([key]) => !/^config\.(lang$|rules)/.test(key));
  wanted[name] = { ...Object.fromEntries(kept), ...added };
}
const stale = Object.entries(wanted).filter(([name, value]) => JSON.stringify(read(name)) !== JSON.stringify(value));
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`not up to date: ${stale.map(([name]) => name).join(', ')}; run \`npm run settings\``);
    process.exit(1);
  }
} else {
  for (const [name, value] of stale) writeFileSync(file(name), `${JSON.stringify(value, undefined, 2)}\n`);
}
