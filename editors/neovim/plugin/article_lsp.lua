-- Two commands, defined cheaply: the module is loaded when one is used.

vim.api.nvim_create_user_command('ArticleFixAll', function()
  require('article_lsp').fix_all()
end, { desc = 'Apply every safe repair of article-lsp to this buffer' })

vim.api.nvim_create_user_command('ArticleOutline', function()
  require('article_lsp').outline()
end, { desc = 'List the articles of this buffer' })
