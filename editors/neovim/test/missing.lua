-- Without the program: one clear message, no error, and a health check that says what to do.
local T = ...

local said = {}
vim.notify = function(message)
  table.insert(said, message)
end

T.it('says once that the program is missing', function()
  vim.cmd.edit(T.pages .. '/clean-page.md')
  vim.cmd.edit(T.pages .. '/indented-page.txt')
  vim.cmd.edit(T.pages .. '/photo-captions.md')
  vim.wait(300)
  T.eq(#said, 1, 'messages')
  assert(vim.startswith(said[1], 'article-lsp: `article-lsp` is not on the PATH'), said[1])
  T.eq(#vim.lsp.get_clients(), 0, 'clients')
end)

T.it('commands say why they do nothing', function()
  said = {}
  vim.cmd.ArticleFixAll()
  vim.cmd.ArticleOutline()
  T.eq(#said, 2, 'messages')
end)

T.it('checkhealth names the missing program', function()
  vim.cmd('checkhealth article_lsp')
  local text = table.concat(T.lines(), '\n')
  assert(text:find('ERROR `article-lsp` is not on the PATH', 1, true), text)
end)
