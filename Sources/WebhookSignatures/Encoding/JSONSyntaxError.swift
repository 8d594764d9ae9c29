/// A text is not JSON, or is nested too deep.
package struct JSONSyntaxError: Error {}
