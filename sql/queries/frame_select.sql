SELECT FROM (<select>
) AS c
-- The frame in which a user's SELECT is read once more, to see that it is one SELECT and nothing behind it. It begins on the
-- first line, so that the lines of errors are the user's own; see SelectReader.
