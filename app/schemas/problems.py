"""Errors as RFC 9457 problem documents."""

from pydantic import Field

from app.schemas.shape import Shape


class FieldProblem(Shape):
    """What is wrong with one parameter."""

    field: str = Field(description="Name of the parameter (参数).", examples=["theme"])
    detail: str = Field(description="What is wrong with it, and the way out (说明).")
    nearest: list[str] = Field(
        description="The most similar names or values that are known (相近值), the best first.",
        examples=[["automotive"]],
    )


class Problem(Shape):
    """A problem document (错误说明), RFC 9457."""

    type: str = Field(
        description="What kind of problem it is (类型).", examples=["urn:jianyan:problem:invalid"]
    )
    title: str = Field(description="The kind in words (标题), the same for every problem of the type.")
    status: int = Field(description="HTTP status code (状态码).", examples=[422])
    detail: str = Field(description="What happened this time, and the way out (说明).")
    instance: str = Field(description="The path that was asked for (请求路径).")
    errors: list[FieldProblem] = Field(
        description="The parameters that are wrong (有误的参数); empty for all but status 422."
    )
