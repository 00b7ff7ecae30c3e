// Bundles the extension into one file.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  external: ['vscode'],
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: !process.argv.includes('--debug'),
  sourcemap: process.argv.includes('--debug'),
});
