-- `:checkhealth article_lsp`: is Neovim new enough, is the program there, is the configuration on, does it serve.

local M = {}

function M.check()
  local health = vim.health
  health.start('article-lsp')

  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim 0.11 or newer is needed', 'On 0.10 call vim.lsp.start() in a FileType autocommand')
    return
  end
  health.ok(('Neovim %s'):format(vim.version()))

  local config = vim.lsp.config.article_lsp
  if not config then
    health.error('no configuration called `article_lsp` on the runtimepath', 'See :help article-lsp-install')
    return
  end
  local cmd = type(config.cmd) == 'table' and config.cmd[1] or 'article-lsp'
  if vim.fn.executable(cmd) == 1 then
    local answer = vim.system({ cmd, '--version' }, { text = true }):wait(2000)
    if answer.code == 0 then
      health.ok(('%s: %s'):format(vim.fn.exepath(cmd), vim.trim(answer.stdout)))
    else
      health.error(('`%s --version` failed: %s'):format(cmd, vim.trim(answer.stderr or '')))
    end
  else
    health.error(('`%s` is not on the PATH'):format(cmd), {
      'cargo install --path . (in a clone of article-lsp)',
      "or name the program: vim.lsp.config('article_lsp', { cmd = { '/path/to/article-lsp', 'serve', '--stdio' } })",
    })
  end

  -- 0.11.0 has no `is_enabled`; then the running servers below have to speak for themselves.
  if not vim.lsp.is_enabled then
    health.info('this Neovim cannot say whether the configuration is enabled')
  elseif vim.lsp.is_enabled('article_lsp') then
    health.ok("enabled by vim.lsp.enable('article_lsp')")
  else
    health.warn('not enabled', "Put vim.lsp.enable('article_lsp') into your init.lua")
  end

  local clients = vim.lsp.get_clients({ name = 'article_lsp' })
  if #clients == 0 then
    health.info('no server is running: none of the open buffers is Markdown or text')
  end
  for _, client in ipairs(clients) do
    local n_buffers = vim.tbl_count(client.attached_buffers)
    health.ok(
      ('server %d: %d buffer(s), root %s, %s'):format(
        client.id,
        n_buffers,
        client.root_dir or '(single files)',
        client.offset_encoding
      )
    )
  end
end

return M
