-- What calls a function and gives back what it returns; a single value comes back as "result". See SQLLibrary.call().
SELECT *
FROM hooklog.<function>(<arguments>) AS result
