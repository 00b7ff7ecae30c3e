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

const levels = words(resolve(schema.properties.rules.additionalProperties));
const languages = words(resolve(schema.properties.lang));
if (levels.length < 3 || languages.length < 2) throw new Error('the schema of the configuration has another shape');

/** The keys of `article-lsp.toml` that can be set in VS Code, too: by key, the setting and what is said of it. */
const offered = {
  lang: {
    setting: { type: ['string', 'null'], enum: [...languages, null] },
    en: 'The language of findings. Without it: `lang` of `article-lsp.toml`, then the language of VS Code.',
    zh: '问题说明的语言。未设置时依次取 `article-lsp.toml` 的 `lang` 和 VS Code 的语言。',
  },
  rules: {
    setting: {
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: Object.fromEntries(
        rules.map(({ name }) => [
          name,
          { type: 'string', enum: levels, markdownDescription: `%config.rules.${name}%` },
        ]),
      ),
    },
    en: 'Rules by name: `off`, or the severity of what they report. Stands above `article-lsp.toml`.',
    zh: '按名称设置规则：`off` 为关闭，其余为报告的级别。优先于 `article-lsp.toml`。',
  },
  'least-confidence': {
    setting: (({ type, minimum, maximum }) => ({ type, minimum, maximum }))(schema.properties['least-confidence']),
    en: 'Cut, displaced and lost sentences that are less sure are silent; in percent. Stands above `article-lsp.toml`.',
    zh: '把握低于此百分比的断句、错位和残缺不报告。优先于 `article-lsp.toml`。',
  },
};
/** Those that cannot: what they name is relative to the file that they stand in, or is the exit code of `check`. */
const ofFiles = ['include', 'exclude', 'organisations', 'overrides', 'fail-on'];
const unknown = Object.keys(schema.properties).filter((key) => !(key in offered) && !ofFiles.includes(key));
if (unknown.length > 0) throw new Error(`offered as a setting or not? ${unknown.join(', ')}`);

const name = (key) => key.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const generated = Object.fromEntries(
  Object.entries(offered).map(([key, { setting }], index) => [
    `articleLsp.${name(key)}`,
    { default: null, ...setting, scope: 'window', order: 10 + index, markdownDescription: `%config.${name(key)}%` },
  ]),
);
const texts = (lang, level) => ({
  ...Object.fromEntries(Object.entries(offered).map(([key, said]) => [`config.${name(key)}`, said[lang]])),
  ...Object.fromEntries(rules.map((rule) => [`config.rules.${rule.name}`, rule.summary[lang] + level(rule.severity)])),
});

const manifest = read('package.json');
const own = Object.entries(manifest.contributes.configuration.properties).filter(([key]) => !(key in generated));
manifest.contributes.configuration.properties = Object.fromEntries(
  [...own, ...Object.entries(generated)].sort(([, a], [, b]) => a.order - b.order),
);
const wanted = { 'package.json': manifest };
for (const [target, added] of [
  ['package.nls.json', texts('en', (severity) => ` (\`${severity}\` unless set)`)],
  ['package.nls.zh-cn.json', texts('zh', (severity) => `（未设置时为 \`${severity}\`）`)],
]) {
  const kept = Object.entries(read(target)).filter(([key]) => !(key in added) && !key.startsWith('config.rules.'));
  wanted[target] = { ...Object.fromEntries(kept), ...added };
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
