-- The configuration that `vim.lsp.enable('article_lsp')` reads. It stands alone: copied to `~/.config/nvim/lsp/`
-- without the rest of this folder it works too, without the commands and the health check.

local markers = { 'article-lsp.toml', '.git' }

--- The program that the configuration starts, as it stands after the user's `vim.lsp.config()`.
local function program()
  local config = vim.lsp.config.article_lsp
  local cmd = config and config.cmd
  return type(cmd) == 'table' and cmd[1] or 'article-lsp'
end

return {
  -- A function and not a list: Neovim drops a list whose program is missing without a word to the user, and would
  -- never ask `root_dir` below, which has that word.
  cmd = function(dispatchers)
    return vim.lsp.rpc.start({ 'article-lsp', 'serve', '--stdio' }, dispatchers)
  end,
  filetypes = { 'markdown', 'text' },
  root_dir = function(bufnr, on_dir)
    if vim.fn.executable(program()) == 0 then
      vim.notify_once(
        ('article-lsp: `%s` is not on the PATH; see :help article-lsp-install'):format(program()),
        vim.log.levels.WARN
      )
      return
    end
    on_dir(vim.fs.root(bufnr, markers))
  end,
}
